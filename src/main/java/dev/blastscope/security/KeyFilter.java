package dev.blastscope.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Authenticates a client by the key in the header; a key that is not valid is refused even where none is needed.
 *
 * <p>The {@linkplain Authentication#getName() name} of the client is that of its key.
 */
final class KeyFilter extends OncePerRequestFilter {

    static final String HEADER = "X-API-Key";

    /** The name of a client with neither key nor token. */
    static final String ANONYMOUS = "anonymous";

    private final ApiKeys keys;
    private final AdminAccess admins;
    private final FailedAuthentications failures;

    /** Keeps the client with a request that another thread continues. */
    private final SecurityContextRepository contexts = new RequestAttributeSecurityContextRepository();

    KeyFilter(ApiKeys keys, AdminAccess admins, FailedAuthentications failures) {
        this.keys = keys;
        this.admins = admins;
        this.failures = failures;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String sent = request.getHeader(HEADER);
        if (sent != null) {
            Optional<Authentication> client = client(sent);
            if (client.isEmpty()) {
                failures.invalidKey(request, response);
                return;
            }
            SecurityContext context = new SecurityContextImpl(client.get());
            SecurityContextHolder.setContext(context);
            contexts.saveContext(context, request, response);
        }
        chain.doFilter(request, response);
    }

    private Optional<Authentication> client(String sent) {
        return admins.isKeyOfSettings(sent)
                ? Optional.of(authenticated(AdminAccess.NAME, Role.ADMIN))
                : keys.of(sent).map(key -> authenticated(key.name(), key.role()));
    }

    private static Authentication authenticated(String name, Role role) {
        return UsernamePasswordAuthenticationToken.authenticated(name, null, role.authorities());
    }
}
