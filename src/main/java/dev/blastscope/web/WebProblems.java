package dev.blastscope.web;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** The problems of HTTP itself, and those that any operation may answer with. */
@Component
public final class WebProblems implements ProblemCatalog {

    public static final ProblemKind INVALID_PAGE = ProblemKind.of(
            HttpStatus.BAD_REQUEST,
            "invalid-page",
            "The page is not in the accepted range",
            "from must be at least 1, and limit between 1 and 1000.");

    WebProblems() {}

    @Override
    public List<ProblemKind> kinds() {
        return List.of(INVALID_PAGE);
    }
}
