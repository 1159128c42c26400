package dev.blastscope.keptimages.web;

import dev.blastscope.web.ProblemCatalog;
import dev.blastscope.web.ProblemKind;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** The problems of kept images. */
@Component
final class KeptImageProblems implements ProblemCatalog {

    static final ProblemKind UNKNOWN_IMAGE = ProblemKind.of(
            HttpStatus.NOT_FOUND,
            "unknown-image",
            "The image is not kept",
            "There is no image of this SHA-256. Images are kept only where blastscope.images.keep is true, and not longer"
                    + " than blastscope.images.retention.");

    @Override
    public List<ProblemKind> kinds() {
        return List.of(UNKNOWN_IMAGE);
    }
}
