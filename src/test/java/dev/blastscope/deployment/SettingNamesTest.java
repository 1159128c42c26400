package dev.blastscope.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BLASTSCOPE_HOME",
                "BLASTSCOPE_SECURITY_ADMINKEY",
                "BLASTSCOPE_SECURITY_ADMIN_KEY",
                "BLASTSCOPE_SECURITY_RATE_PERKEY",
                "SPRING_DATASOURCE_URL",
                "SERVER_PORT",
                "LOGGING_LEVEL_DEV_BLASTSCOPE"
            })
    void knowsWhatTheProgramAndSpringBootRead(String variable) {
        assertThat(SettingNames.isKnown(variable)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BLASTSCOPE_HOMES", "BLASTSCOPE_SECURITY", "SPRING_DATASOURCE_ADDRESS", "LOGGING_LEVELS"})
    void knowsNoOthers(String variable) {
        assertThat(SettingNames.isKnown(variable)).isFalse();
    }
}
