package dev.blastscope.web;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * Puts the context path before the addresses that problems name, such as {@code /swagger-ui.html}: the texts know their
 * own feature's addresses, and not under which path the service is reached.
 */
@RestControllerAdvice
final class AddressesInProblems implements ResponseBodyAdvice<Object> {

    private static final Pattern ADDRESS = Pattern.compile("(?<![\\w/])/(?=api/v1/|swagger-ui|v3/api-docs|actuator)");

    @Override
    public boolean supports(MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter returned,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (body instanceof ProblemDetail problem
                && problem.getDetail() != null
                && request instanceof ServletServerHttpRequest servlet) {
            String contextPath = servlet.getServletRequest().getContextPath();
            if (!contextPath.isEmpty()) {
                problem.setDetail(
                        ADDRESS.matcher(problem.getDetail()).replaceAll(Matcher.quoteReplacement(contextPath + "/")));
            }
        }
        return body;
    }
}
