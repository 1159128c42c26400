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
 * Detects that the client of a request has closed its connection, so that no work is done for an answer that nobody
 * reads.
 *
 * <p>A client that closes only its sending half counts as disconnected, as in other servers.
 */
@Component
public final class ClientConnection implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private static final String ATTRIBUTE = ClientConnection.class.getName();

    ClientConnection() {}

    /**
     * Whether the connection of the request is closed; ask on the thread of the request, once its body has been read.
     */
    public static BooleanSupplier closedOf(HttpServletRequest request) {
        return () -> request.getAttribute(ATTRIBUTE) instanceof BooleanSupplier closed && closed.getAsBoolean();
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addEngineValves(new Valve());
    }

    /** Attaches to each request a way to look at its connection, for which the servlet API has none. */
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

        /** Tomcat reports the end of a connection as one available byte; a pipelined request has more. */
        private static boolean isClosed(org.apache.coyote.Request connection) {
            connection.action(ActionCode.AVAILABLE, true);
            return connection.getAvailable() == 1;
        }
    }
}
