package dev.blastscope.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blastscope.web.RequestRefused;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.mock.web.MockMultipartHttpServletRequest;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

class RateLimitTest {

    private final SteppedTime time = new SteppedTime();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final RateLimit limit = limit(4, 2);

    @AfterEach
    void forget() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void aCallerIsRefusedUntilTheWaitThatItIsToldIsOver() {
        send(one());
        send(one());

        assertThatThrownBy(() -> send(one()))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("Try again in 30 s");
        assertThat(registry.get("blastscope.refusals")
                        .tag("reason", "rate-limited")
                        .counter()
                        .count())
                .isEqualTo(1);
        time.pass(Duration.ofSeconds(29));
        assertThatThrownBy(() -> send(one())).hasMessageContaining("Try again in 1 s");
        time.pass(Duration.ofSeconds(1));
        send(one());
    }

    @Test
    void aBatchCountsAsItsImages() {
        as("ward-7");
        send(batch(6));

        assertThatThrownBy(() -> send(one())).hasMessageContaining("Try again in 45 s");
    }

    @Test
    void keysAndAddressesHaveAccountsOfTheirOwn() {
        as("ward-7");
        send(batch(4));
        assertThatThrownBy(() -> send(one())).isInstanceOf(RequestRefused.class);

        as("ward-8");
        send(one());
        forget();
        send(one());
    }

    @Test
    void aRefusedBatchIsNotAskedForItsFiles() {
        MockMultipartHttpServletRequest form = batch(4);
        MockHttpServletResponse refused = new MockHttpServletResponse();
        limit.preHandle(form, refused, this);
        refused.setStatus(413);
        limit.afterCompletion(form, refused, this, null);

        send(one());
    }

    @Test
    void withoutALimitNobodyIsRefused() {
        RateLimit none = limit(0, 0);
        for (int i = 0; i < 1000; i++) {
            assertThat(none.preHandle(one(), new MockHttpServletResponse(), this))
                    .isTrue();
        }
    }

    private void send(MockHttpServletRequest request) {
        MockHttpServletResponse response = new MockHttpServletResponse();
        limit.preHandle(request, response, this);
        limit.afterCompletion(request, response, this, null);
    }

    private RateLimit limit(int perKey, int perAddress) {
        return new RateLimit(new SecuritySettings.Rate(perKey, perAddress), registry, time);
    }

    private static MockHttpServletRequest one() {
        return new MockHttpServletRequest();
    }

    private static MockMultipartHttpServletRequest batch(int images) {
        MockMultipartHttpServletRequest form = new MockMultipartHttpServletRequest();
        for (int i = 0; i < images; i++) {
            form.addFile(new MockMultipartFile("images", new byte[1]));
        }
        return form;
    }

    private static void as(String name) {
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken(name, "", "ROLE_PREDICT"));
    }
}
