package dev.blastscope.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.web.servlet.ModelAndView;

class FailedAuthenticationsTest {

    private final SteppedTime time = new SteppedTime();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private Exception refusal = new Exception("none");
    private final FailedAuthentications failures = new FailedAuthentications(
            2,
            time,
            new AccessRefusals(
                    (request, response, handler, e) -> {
                        refusal = e;
                        return new ModelAndView();
                    },
                    new StaticListableBeanFactory().getBeanProvider(JwtDecoder.class)),
            registry);

    @Test
    void anAddressWithTooManyWrongKeysWaitsBeforeAnotherWrongOne() {
        assertThat(wrongKey("198.51.100.1")).hasMessageContaining("The key in the header X-API-Key is not valid");
        assertThat(wrongKey("198.51.100.1")).hasMessageContaining("The key in the header X-API-Key is not valid");

        assertThat(wrongKey("198.51.100.1")).hasMessageContaining("Try again in 30 s");
        assertThat(wrongKey("198.51.100.2"))
                .as("another address")
                .hasMessageContaining("The key in the header X-API-Key is not valid");

        time.pass(Duration.ofSeconds(30));
        assertThat(wrongKey("198.51.100.1")).hasMessageContaining("The key in the header X-API-Key is not valid");
    }

    @Test
    void theWrongKeysOfAnAddressKeepNobodyElseThereWaiting() throws Exception {
        wrongKey("198.51.100.1");
        wrongKey("198.51.100.1");
        wrongKey("198.51.100.1");

        assertThat(passes("198.51.100.1", KeyFilter.HEADER))
                .as("to be looked up")
                .isTrue();
        assertThat(passes("198.51.100.1", "Authorization")).isTrue();
        assertThat(passes("198.51.100.1", "Accept")).as("who shows no key").isTrue();
    }

    @Test
    void anAddressWithTooManyWrongTokensWaitsBeforeItsNextTokenIsLookedAt() throws Exception {
        wrongToken("198.51.100.1");
        assertThat(passes("198.51.100.1", "Authorization")).isTrue();
        wrongToken("198.51.100.1");

        assertThat(passes("198.51.100.1", "Authorization")).isFalse();
        assertThat(refusal).hasMessageContaining("Try again in 30 s");
        assertThat(passes("198.51.100.1", KeyFilter.HEADER)).isTrue();
        assertThat(passes("198.51.100.1", "Authorization", KeyFilter.HEADER))
                .as("the key is looked at first")
                .isTrue();

        time.pass(Duration.ofSeconds(30));
        assertThat(passes("198.51.100.1", "Authorization")).isTrue();
    }

    @Test
    void failuresAreCountedByTheirReason() throws Exception {
        wrongKey("198.51.100.1");
        wrongKey("198.51.100.1");
        wrongKey("198.51.100.1");
        wrongToken("198.51.100.3");

        assertThat(counted("invalid-key")).isEqualTo(2);
        assertThat(counted("too-many-failures")).isEqualTo(1);
        assertThat(counted("invalid-token")).isEqualTo(1);
    }

    @Test
    void aTokenThatCannotBeCheckedNowIsNoFailureOfItsCaller() throws Exception {
        for (int i = 0; i < 3; i++) {
            failures.doFilter(from("198.51.100.1"), new MockHttpServletResponse(), (request, response) -> {
                throw new AuthenticationServiceException("Connection refused");
            });
            assertThat(refusal).hasMessageContaining("the identity provider did not answer. Try again in 10 s");
        }

        assertThat(passes("198.51.100.1", "Authorization")).isTrue();
    }

    private Exception wrongKey(String address) {
        failures.invalidKey(from(address), new MockHttpServletResponse());
        return refusal;
    }

    private void wrongToken(String address) {
        failures.invalidToken(from(address), new MockHttpServletResponse());
    }

    private boolean passes(String address, String... headers) throws Exception {
        MockHttpServletRequest request = from(address);
        for (String header : headers) {
            request.addHeader(header, "x");
        }
        MockFilterChain chain = new MockFilterChain();
        failures.doFilter(request, new MockHttpServletResponse(), chain);
        return chain.getRequest() != null;
    }

    private double counted(String reason) {
        return registry.get("blastscope.authentication.failures")
                .tag("reason", reason)
                .counter()
                .count();
    }

    private static MockHttpServletRequest from(String address) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(address);
        return request;
    }
}
