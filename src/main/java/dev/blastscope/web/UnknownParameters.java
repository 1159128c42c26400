package dev.blastscope.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Refuses query parameters that an operation does not have: a misspelt filter must not select everything. */
@Component
final class UnknownParameters implements HandlerInterceptor, WebMvcConfigurer {

    private static final Pattern AMPERSAND = Pattern.compile("&");
    private static final Pattern SHOWN = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private final Map<Method, Set<String>> known = new ConcurrentHashMap<>();

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(this).addPathPatterns("/api/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String query = request.getQueryString();
        if (query != null
                && request.getDispatcherType() == DispatcherType.REQUEST
                && handler instanceof HandlerMethod operation) {
            Set<String> names = known.computeIfAbsent(operation.getMethod(), UnknownParameters::names);
            // Not the request's parameters: a form's fields are among them, and asking for them would read the form.
            AMPERSAND
                    .splitAsStream(query)
                    .filter(parameter -> !parameter.isEmpty())
                    .map(UnknownParameters::name)
                    .filter(name -> !names.contains(name))
                    .findFirst()
                    .ifPresent(name -> refuse(name, names));
        }
        return true;
    }

    private static void refuse(String name, Set<String> names) {
        String unknown = SHOWN.matcher(name).matches()
                ? "There is no query parameter \"" + name + "\" here."
                : "The query has a parameter that is not known here.";
        throw new RequestRefused(
                WebProblems.UNKNOWN_PARAMETER,
                unknown + (names.isEmpty() ? " Leave it out." : " Use: " + String.join(", ", names) + "."));
    }

    private static String name(String parameter) {
        String name = parameter.replaceFirst("=.*", "");
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }

    private static Set<String> names(Method operation) {
        return Stream.of(operation.getParameters())
                .flatMap(UnknownParameters::names)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Stream<String> names(Parameter parameter) {
        if (parameter.isAnnotationPresent(ParameterObject.class)) {
            return Stream.of(parameter.getType().getRecordComponents()).map(component -> component.getName());
        }
        RequestParam annotation = parameter.getAnnotation(RequestParam.class);
        if (annotation == null) {
            return Stream.empty();
        }
        String name = annotation.name().isEmpty() ? annotation.value() : annotation.name();
        return Stream.of(name.isEmpty() ? parameter.getName() : name);
    }
}
