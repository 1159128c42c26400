package dev.blastscope.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.security.ApiKeys.IssuedKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

    @Test
    void aSecretBearsItsIdAnd256RandomBits() {
        Secret secret = Secret.random();

        assertThat(secret.text()).matches("bsk_" + secret.id() + "_[0-9a-f]{64}");
        assertThat(Secret.parse(secret.text())).contains(secret);
        assertThat(Secret.random().text()).isNotEqualTo(secret.text());
    }

    @Test
    void aRotatedSecretKeepsTheId() {
        Secret secret = Secret.random();

        assertThat(Secret.of(secret.id()).id()).isEqualTo(secret.id());
        assertThat(Secret.of(secret.id()).text()).isNotEqualTo(secret.text());
    }

    @Test
    void onlyTheSameSecretHasTheSameHash() {
        Secret secret = Secret.random();

        assertThat(Secret.same(secret.hash(), Secret.hash(secret.text()))).isTrue();
        assertThat(Secret.same(secret.hash(), Secret.of(secret.id()).hash())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bsk_", "bsk_3f9a0c51b7e2_", "bsk_3f9a0c51b7e2_00", "x", "bsk_' or 1=1 --_00"})
    void whatIsNoSecretHasNoId(String presented) {
        assertThat(Secret.parse(presented)).isEmpty();
    }

    @Test
    void aLogShowsNoSecret() {
        Secret secret = Secret.random();
        IssuedKey issued = new IssuedKey(Keys.key(secret.id(), "ward-7", Role.PREDICT), secret.text());

        assertThat(secret.toString() + issued).contains(secret.id()).doesNotContain(secret.text());
    }
}
