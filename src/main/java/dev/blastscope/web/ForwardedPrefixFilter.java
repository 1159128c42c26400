package dev.blastscope.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties.ForwardHeadersStrategy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes the path that a proxy removes from requests, {@code X-Forwarded-Prefix}, for the context path, so that the
 * addresses in responses lead back through the proxy.
 *
 * <p>Only with the strategy {@code native}: Tomcat, which then reads the other headers of proxies, knows nothing of
 * this one. With {@code framework} Spring reads all of them. A forged prefix shows only in the response to its own
 * sender.
 */
@Component
@Order(ForwardedPrefixFilter.BEFORE_ADDRESSES_ARE_READ)
final class ForwardedPrefixFilter extends OncePerRequestFilter {

    static final int BEFORE_ADDRESSES_ARE_READ = Ordered.HIGHEST_PRECEDENCE + 5;

    private static final String HEADER = "X-Forwarded-Prefix";

    /** One that leads neither to another host nor upwards. */
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+");

    private final boolean behindProxy;

    ForwardedPrefixFilter(ServerProperties server, Environment environment) {
        ForwardHeadersStrategy strategy = server.getForwardHeadersStrategy();
        CloudPlatform platform = CloudPlatform.getActive(environment);
        behindProxy = strategy == ForwardHeadersStrategy.NATIVE
                || (strategy == null && platform != null && platform.isUsingForwardHeaders());
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String prefix = request.getHeader(HEADER);
        return !behindProxy || prefix == null || !PATH.matcher(prefix).matches();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(new Prefixed(request, request.getHeader(HEADER)), response);
    }

    /** The request as the client sent it to the proxy. */
    private static final class Prefixed extends HttpServletRequestWrapper {

        private final String prefix;

        Prefixed(HttpServletRequest request, String prefix) {
            super(request);
            this.prefix = prefix;
        }

        @Override
        public String getContextPath() {
            return prefix;
        }

        @Override
        public String getRequestURI() {
            return prefix
                    + super.getRequestURI().substring(super.getContextPath().length());
        }

        @Override
        public StringBuffer getRequestURL() {
            StringBuffer url = super.getRequestURL();
            int path = url.length() - super.getRequestURI().length();
            return url.replace(path, url.length(), getRequestURI());
        }
    }
}
