package dev.blastscope.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminAccessTest {

    private static final String KEY = "0123456789abcdef0123456789abcdef";

    @ParameterizedTest
    @ValueSource(strings = {KEY, KEY + "\n", " " + KEY + "\r\n"})
    void theKeyOfTheSettingsIsKnownWhateverStandsAroundIt(String configured) {
        AdminAccess admins = admins(configured);

        assertThat(admins.withoutStoredKey()).isTrue();
        assertThat(admins.isKeyOfSettings(KEY)).isTrue();
        assertThat(admins.isKeyOfSettings(KEY.substring(1))).isFalse();
        assertThat(admins.isKeyOfSettings("")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\n"})
    void anEmptyVariableIsNoKey(String configured) {
        assertThat(admins(configured).withoutStoredKey()).isFalse();
        assertThat(admins(configured).isKeyOfSettings(configured)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "admin",
                "0123456789abcdef0123456789abcde",
                "0123456789 abcdef0123456789abcdef",
                "0123456789äöüß0123456789abcdef0123"
            })
    void aKeyThatIsShortOrCannotBeSentIsRefusedAndNotShown(String weak) {
        assertThatThrownBy(() -> admins(weak))
                .isInstanceOf(AdminAccess.WeakKey.class)
                .hasMessage(
                        "blastscope.security.admin-key must have 32 to 256 visible ASCII characters and no blanks.");
    }

    @Test
    void settingsDoNotShowIt() {
        assertThat(Keys.settings(KEY, Duration.ZERO, "scope", "").toString()).doesNotContain(KEY);
    }

    private static AdminAccess admins(String configured) {
        return new AdminAccess(Keys.settings(configured, Duration.ZERO, "scope", ""), Keys.NO_TOKENS);
    }
}
