package dev.blastscope.web;

import java.util.List;
import org.springframework.web.method.HandlerMethod;

/** The kinds of problems of one feature; a bean in its web package. */
public interface ProblemCatalog {

    List<ProblemKind> kinds();

    /** Those of the kinds that an operation may answer with whether its {@link Problems} name them or not. */
    default List<ProblemKind> impliedFor(HandlerMethod operation) {
        return List.of();
    }
}
