package dev.blastscope.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/** Tells who calls by the key in the header; a key that is not valid is refused even where none is needed. */
final class KeyFilter extends OncePerRequestFilter {

    static final String HEADER = "X-API-Key";

    private final Callers callers;
    private final FailedAuthentications failures;

    /** Keeps the caller with a request that another thread goes on with. */
    private final SecurityContextRepository contexts = new RequestAttributeSecurityContextRepository();

    KeyFilter(Callers callers, FailedAuthentications failures) {
        this.callers = callers;
        this.failures = failures;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String presented = request.getHeader(HEADER);
        if (presented != null) {
            Optional<Authentication> caller = callers.bearing(presented);
            if (caller.isEmpty()) {
                failures.invalidKey(request, response);
                return;
            }
            SecurityContext context = new SecurityContextImpl(caller.get());
            SecurityContextHolder.setContext(context);
            contexts.saveContext(context, request, response);
        }
        chain.doFilter(request, response);
    }
}
