package dev.blastscope.trainingjobs.web;

import dev.blastscope.web.ProblemCatalog;
import dev.blastscope.web.ProblemKind;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** The problems of trainings. */
@Component
final class TrainingProblems implements ProblemCatalog {

    static final ProblemKind TOO_MANY_LISTENERS = ProblemKind.of(
            HttpStatus.SERVICE_UNAVAILABLE,
            "too-many-listeners",
            "Too many clients follow trainings",
            "Too many clients follow trainings on this node. Poll the training itself meanwhile.");

    @Override
    public List<ProblemKind> kinds() {
        return List.of(
                ProblemKind.of(
                        HttpStatus.BAD_REQUEST,
                        "invalid-training",
                        "Fields that contradict each other; the problem's `field` names the one to change",
                        "originalDataset is for the mode ADAPTATION only."),
                ProblemKind.of(
                        HttpStatus.NOT_FOUND,
                        "no-such-training",
                        "No training has this id",
                        "There is no training with this id. The list of trainings shows those that exist."),
                ProblemKind.of(
                        HttpStatus.CONFLICT,
                        "training-exists",
                        "The same training is queued or running; the problem's `training` is its id",
                        "The same training, of the same data set with the same settings, is already queued or running."
                                + " Follow that one, or choose another seed."),
                ProblemKind.of(
                        HttpStatus.CONFLICT,
                        "training-ended",
                        "The training has ended",
                        "The training has ended, so it cannot be cancelled any more."),
                ProblemKind.of(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "adaptation-too-large",
                        "The data set has more images than an adaptation takes",
                        "An adaptation takes 100 images at most, and the data set has 2767. Upload fewer, or train a"
                                + " model on them."),
                TOO_MANY_LISTENERS);
    }
}
