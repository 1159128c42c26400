package dev.blastscope.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.context.ApplicationContext;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Every address that the running service maps to anything, and who gets in where by the rules of this test. */
final class EveryEndpoint {

    /** Who gets in. */
    enum Door {
        EVERYBODY,
        PREDICTORS,
        ADMINS,
        NOBODY
    }

    private final Map<String, Door> rules = new LinkedHashMap<>();

    EveryEndpoint(Door predictions, Door prometheus) {
        rules.put("/api/v1/admin/*", Door.ADMINS);
        rules.put("/api/v1/predictions*", predictions);
        rules.put("/api/v1/cases", predictions);
        rules.put("/api/v1/explanations", predictions);
        rules.put("/api/v1/images/*", predictions);
        rules.put("/api/v1/models*", predictions);
        rules.put("/actuator/prometheus", prometheus);
        rules.put("/actuator/health*", Door.EVERYBODY);
        rules.put("/actuator/info", Door.EVERYBODY);
        rules.put("/actuator/sbom*", Door.ADMINS);
        rules.put("/actuator", Door.NOBODY);
        rules.put("/livez", Door.EVERYBODY);
        rules.put("/readyz", Door.EVERYBODY);
        rules.put("/v3/api-docs*", Door.EVERYBODY);
        rules.put("/swagger-ui*", Door.EVERYBODY);
        rules.put("/", Door.EVERYBODY);
        rules.put("/error", Door.NOBODY);
        rules.put("/webjars/*", Door.NOBODY);
        rules.put("/**", Door.NOBODY);
    }

    /** Tries each with each caller; fails where another one gets in than may, and on an address that no rule names. */
    void isOpenTo(ApplicationContext service, Http anybody, Http predictor, Http admin) {
        Set<String> mapped = mapped(service);
        assertThat(mapped)
                .contains(
                        "POST /api/v1/predictions",
                        "POST /api/v1/admin/keys",
                        "GET /actuator/prometheus",
                        "GET /livez");
        for (String endpoint : mapped) {
            Door door = door(endpoint);
            meets(anybody, endpoint, door == Door.EVERYBODY, door == Door.NOBODY ? 404 : 401);
            meets(predictor, endpoint, door.compareTo(Door.PREDICTORS) <= 0, door == Door.NOBODY ? 404 : 403);
            meets(admin, endpoint, door != Door.NOBODY, 404);
        }
    }

    private Door door(String endpoint) {
        String pattern = endpoint.substring(endpoint.indexOf('/'));
        return rules.entrySet().stream()
                .filter(rule -> matches(rule.getKey(), pattern))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError("No rule says who may use " + endpoint));
    }

    private static boolean matches(String rule, String pattern) {
        return rule.endsWith("*") ? pattern.startsWith(rule.substring(0, rule.length() - 1)) : pattern.equals(rule);
    }

    private static void meets(Http caller, String endpoint, boolean allowed, int refusal) {
        String[] parts = endpoint.split(" ", 2);
        String path = parts[1].replace("**", "index.html").replace("*", "").replaceAll("\\{[^}]*}", "none");
        Http.Reply reply = caller.send(parts[0], path, "");
        if (allowed) {
            assertThat(reply.status()).as(endpoint).isNotIn(401, 403);
            assertThat(reply.code()).as(endpoint).isNotEqualTo("not-found");
        } else {
            assertThat(reply.status()).as(endpoint).isEqualTo(refusal);
        }
    }

    private static Set<String> mapped(ApplicationContext service) {
        Set<String> mapped = new TreeSet<>();
        for (RequestMappingInfoHandlerMapping mapping :
                service.getBeansOfType(RequestMappingInfoHandlerMapping.class).values()) {
            mapping.getHandlerMethods().keySet().forEach(info -> add(info, mapped));
        }
        for (AbstractUrlHandlerMapping mapping :
                service.getBeansOfType(AbstractUrlHandlerMapping.class).values()) {
            mapping.getHandlerMap().keySet().forEach(pattern -> mapped.add("GET " + pattern));
        }
        return mapped;
    }

    private static void add(RequestMappingInfo info, Set<String> mapped) {
        Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
        for (RequestMethod method : methods.isEmpty() ? Set.of(RequestMethod.GET) : methods) {
            info.getPatternValues().forEach(pattern -> mapped.add(method + " " + pattern));
        }
    }
}
