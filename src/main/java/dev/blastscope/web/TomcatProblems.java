package dev.blastscope.web;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Lets Tomcat answer what it refuses before any servlet, such as a malformed request line, with a problem too. */
@Component
final class TomcatProblems implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(Valve.class.getName());
            }
        });
    }

    /** Writes a problem where Tomcat would write its HTML page. */
    public static final class Valve extends ErrorReportValve {

        @Override
        protected void report(Request request, Response response, @Nullable Throwable throwable) {
            if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
                return;
            }
            try {
                response.setContentType("application/problem+json");
                response.setCharacterEncoding("UTF-8");
                response.getReporter().write("""
                                {"type":"urn:blastscope:problem:bad-request","title":"Bad Request","status":%d,\
                                "code":"bad-request","detail":"The request is not valid HTTP, or breaks a limit of the server."}""".formatted(response.getStatus()));
                response.finishResponse();
            } catch (java.io.IOException | IllegalStateException e) {
                // The client has gone, and nobody is left to tell.
                return;
            }
        }
    }
}
