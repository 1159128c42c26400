package dev.blastscope.audit;

import java.security.Principal;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The authenticated user of the current request, or "anonymous"; "service" outside of a request. */
@Component
final class RequestActor implements Actor {

    @Override
    public String name() {
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request) {
            return Optional.ofNullable(request.getRequest().getUserPrincipal())
                    .map(Principal::getName)
                    .orElse("anonymous");
        }
        return AuditRetention.SERVICE;
    }
}
