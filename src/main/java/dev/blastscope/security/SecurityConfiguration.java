package dev.blastscope.security;

import dev.blastscope.security.SecuritySettings.Access;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.DispatcherType;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** The filter chain of every request; an address that no rule names is refused. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    /**
     * The API page has all of its scripts itself, uses inline styles, and shows its own images and those of responses.
     */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    @Bean
    SecurityFilterChain chain(
            HttpSecurity http,
            SecuritySettings settings,
            ApiKeys keys,
            AdminAccess admins,
            TokenClients tokenClients,
            ObjectProvider<JwtDecoder> decoder,
            AccessRefusals refusals,
            MeterRegistry registry) {
        var failures =
                new FailedAuthentications(settings.failuresPerMinute(), TimeMeter.SYSTEM_NANOTIME, refusals, registry);
        http
                // Nothing is remembered between requests, so that any replica answers any of them.
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // A browser sends neither key nor token of its own accord, so other sites cannot borrow them.
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .anonymous(anonymous -> anonymous.principal(KeyFilter.ANONYMOUS))
                .headers(SecurityConfiguration::headers)
                .authorizeHttpRequests(rules -> rules(rules, settings))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .addFilterAfter(failures, LogoutFilter.class)
                .addFilterAfter(new KeyFilter(keys, admins, failures), FailedAuthentications.class);
        if (decoder.getIfAvailable() != null) {
            http.oauth2ResourceServer(server -> server.jwt(jwt -> jwt.jwtAuthenticationConverter(tokenClients))
                    .authenticationEntryPoint((request, response, e) -> failures.invalidToken(request, response))
                    .accessDeniedHandler(refusals));
        }
        return http.build();
    }

    /** Each request is measured once, by the server: measuring each filter too costs more than the filters. */
    @Bean
    SecurityObservationSettings unmeasuredFilters() {
        return SecurityObservationSettings.noObservations();
    }

    private static void rules(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry rules,
            SecuritySettings settings) {
        // What another thread continues, such as a stream of events, was authorised when it arrived.
        rules.dispatcherTypeMatchers(DispatcherType.ASYNC).permitAll();
        // The bill of materials would help an attacker to find vulnerabilities.
        rules.requestMatchers("/api/v1/admin/**", "/actuator/sbom/**").hasRole(Role.ADMIN.name());
        allow(
                settings.predictions(),
                rules.requestMatchers(
                        "/api/v1/predictions/**",
                        "/api/v1/cases",
                        "/api/v1/explanations",
                        "/api/v1/models/**",
                        "/api/v1/images/**"));
        allow(settings.prometheus(), rules.requestMatchers("/actuator/prometheus"));
        allow(Access.OPEN, rules.requestMatchers("/actuator/health/**", "/actuator/info", "/livez", "/readyz"));
        allow(Access.OPEN, rules.requestMatchers("/", "/swagger-ui*/**", "/v3/api-docs*/**"));
        rules.anyRequest().access((client, request) -> AccessRefusals.UNKNOWN_ADDRESS);
    }

    private static void allow(Access access, AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizedUrl addresses) {
        if (access == Access.OPEN) {
            addresses.permitAll();
        } else {
            addresses.hasRole(Role.PREDICT.name());
        }
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER));
    }
}
