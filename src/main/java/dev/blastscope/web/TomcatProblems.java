package dev.blastscope.web;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Makes Tomcat answer with a problem also what it refuses before any servlet, such as a malformed request line. */
@Component
final class TomcatProblems implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(Valve.class.getName());
            }
        });
        // A client that asks first (Expect: 100-continue) gets a refusal before it uploads anything.
        factory.addConnectorCustomizers(connector -> connector.setProperty("continueResponseTiming", "onRead"));
    }

    /** Writes a problem where Tomcat would write its HTML page. */
    public static final class Valve extends ErrorReportValve {

        private static final String PROBLEM = """
                {"type":"urn:blastscope:problem:%1$s","title":"%2$s","status":%3$d,"code":"%1$s",\
                "detail":"The request is not valid HTTP, or breaks a limit of the server."}""";

        @Override
        protected void report(Request request, Response response, @Nullable Throwable throwable) {
            if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
                return;
            }
            HttpStatus resolved = HttpStatus.resolve(response.getStatus());
            HttpStatus status = resolved == null ? HttpStatus.BAD_REQUEST : resolved;
            try {
                if (!response.containsHeader(RequestIds.HEADER)) {
                    response.setHeader(RequestIds.HEADER, RequestIds.newId());
                }
                response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
                response.setCharacterEncoding("UTF-8");
                response.getReporter()
                        .write(PROBLEM.formatted(Problem.code(status), status.getReasonPhrase(), response.getStatus()));
                response.finishResponse();
            } catch (IOException | IllegalStateException e) {
                // The client has disconnected.
                return;
            }
        }
    }
}
