package dev.blastscope.web;

import java.util.List;

/** The kinds of problems that one feature may answer with; a bean in its web package. */
public interface ProblemCatalog {

    List<ProblemKind> kinds();
}
