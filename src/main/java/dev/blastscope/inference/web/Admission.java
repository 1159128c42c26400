package dev.blastscope.inference.web;

import dev.blastscope.inference.Predictor;
import dev.blastscope.web.ProblemKinds;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Puts the {@link AdmissionValve} into the server. */
@Component
final class Admission implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final ObjectProvider<Predictor> predictor;
    private final ObjectProvider<ProblemKinds> problems;
    private final JsonMapper json;

    Admission(ObjectProvider<Predictor> predictor, ObjectProvider<ProblemKinds> problems, JsonMapper json) {
        this.predictor = predictor;
        this.problems = problems;
        this.json = json;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextValves(new AdmissionValve(predictor.getObject(), problems.getObject(), json));
    }
}
