package dev.blastscope.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Tells whether the client of a request has closed its connection, so that nobody works for somebody who has left.
 *
 * <p>A client that closes only its sending half counts as gone, as for other servers.
 */
@Component
public final class ClientConnection implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private static final String ATTRIBUTE = ClientConnection.class.getName();

    ClientConnection() {}

    /** To be asked on the request's own thread, once its body has been read. */
    public static BooleanSupplier goneFrom(HttpServletRequest request) {
        return () -> request.getAttribute(ATTRIBUTE) instanceof BooleanSupplier closed && closed.getAsBoolean();
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addEngineValves(new Valve());
    }

    /** Leaves with each request a way to ask for its connection's end, which the servlet API has none for. */
    private static final class Valve extends ValveBase {

        Valve() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            org.apache.coyote.Request connection = request.getCoyoteRequest();
            request.setAttribute(ATTRIBUTE, (BooleanSupplier) () -> isClosed(connection));
            getNext().invoke(request, response);
        }

        /** Tomcat tells an end as one byte that could be read; a next request that came early has more. */
        private static boolean isClosed(org.apache.coyote.Request connection) {
            connection.action(ActionCode.AVAILABLE, true);
            return connection.getAvailable() == 1;
        }
    }
}
