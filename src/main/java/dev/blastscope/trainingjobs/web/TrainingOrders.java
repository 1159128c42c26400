package dev.blastscope.trainingjobs.web;

import dev.blastscope.datasetstore.DatasetRefused;
import dev.blastscope.datasetstore.DatasetReport;
import dev.blastscope.datasetstore.Datasets;
import dev.blastscope.network.Freeze;
import dev.blastscope.training.AdaptationSettings;
import dev.blastscope.training.TrainingSettings;
import dev.blastscope.training.TrainingSettings.FineTuning;
import dev.blastscope.trainingjobs.TrainingMode;
import dev.blastscope.trainingjobs.TrainingOrder;
import dev.blastscope.web.RequestRefused;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Makes a whole order of what an admin asked for, or says what of it cannot be. */
@Component
final class TrainingOrders {

    private static final float LEAST_ANCHOR = 0;

    private final Datasets datasets;
    private final TrainingSettings training;
    private final AdaptationSettings adaptation;
    private final Validator validator;

    TrainingOrders(Datasets datasets, TrainingSettings training, AdaptationSettings adaptation, Validator validator) {
        this.datasets = datasets;
        this.training = training;
        this.adaptation = adaptation;
        this.validator = validator;
    }

    TrainingOrder order(TrainingRequestJson request) throws DatasetRefused {
        requireKnown(request.unknown());
        if (request.fineTuning() != null) {
            requireKnown(request.fineTuning().unknown());
        }
        if (request.dataset() == null) {
            throw invalid("dataset must name a stored data set.");
        }
        boolean adapts = request.mode() == TrainingMode.ADAPTATION;
        boolean autoPromote = request.autoPromote() != null && request.autoPromote();
        if (adapts && autoPromote) {
            throw invalid(
                    "autoPromote is not for an adaptation: so few images prove too little. Look at its report, and"
                            + " activate the model yourself.");
        }
        if (!adapts && (request.originalDataset() != null || request.anchor() != null)) {
            throw invalid("originalDataset and anchor are for the mode ADAPTATION.");
        }
        float anchor = adapts ? or(request.anchor(), adaptation.anchor()) : 0;
        if (!(anchor >= LEAST_ANCHOR) || Float.isInfinite(anchor)) {
            throw invalid("anchor must be 0 or more.");
        }
        DatasetReport report = datasets.report(request.dataset());
        if (adapts) {
            requireFew(report);
        }
        return new TrainingOrder(
                adapts ? TrainingMode.ADAPTATION : TrainingMode.TRAINING,
                report.name(),
                report.digest(),
                original(request.originalDataset()),
                settings(request, adapts),
                anchor,
                autoPromote);
    }

    /** A setting that is misspelt must not be taken for its default. */
    private static void requireKnown(@Nullable Map<String, Object> unknown) {
        if (unknown != null && !unknown.isEmpty()) {
            throw invalid(TrainingProblems.UNREADABLE);
        }
    }

    private void requireFew(DatasetReport report) {
        int images =
                report.images().values().stream().mapToInt(Integer::intValue).sum();
        if (images > adaptation.images()) {
            throw new RequestRefused(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "too-many-images",
                    "An adaptation takes " + adaptation.images() + " images at most, and the data set has " + images
                            + ". Upload fewer, or train a model on them.");
        }
    }

    private Optional<String> original(@Nullable String name) throws DatasetRefused {
        return name == null
                ? Optional.empty()
                : Optional.of(datasets.report(name).name());
    }

    private TrainingSettings settings(TrainingRequestJson request, boolean adapts) {
        TrainingRequestJson.FineTuningJson asked = request.fineTuning() == null
                ? new TrainingRequestJson.FineTuningJson(null, null, null, null, null)
                : request.fineTuning();
        FineTuning given = training.fineTuning();
        FineTuning fineTuning = valid(
                "fineTuning.",
                new FineTuning(
                        or(asked.epochs(), given.epochs()),
                        or(asked.patience(), given.patience()),
                        or(asked.batch(), given.batch()),
                        or(asked.learningRate(), given.learningRate())));
        return valid(
                "",
                new TrainingSettings(
                        or(request.seed(), training.seed()),
                        adapts ? Freeze.BACKBONE : or(request.freeze(), training.freeze()),
                        or(request.epochs(), adapts ? adaptation.epochs() : training.epochs()),
                        or(request.patience(), training.patience()),
                        or(request.batch(), adapts ? adaptation.batch() : training.batch()),
                        or(request.learningRate(), adapts ? adaptation.learningRate() : training.learningRate()),
                        fineTuning));
    }

    private <T> T valid(String prefix, T settings) {
        String violations = validator.validate(settings).stream()
                .map(violation -> sentence(prefix, violation))
                .sorted()
                .collect(Collectors.joining(" "));
        if (!violations.isEmpty()) {
            throw invalid(violations);
        }
        return settings;
    }

    private static String sentence(String prefix, ConstraintViolation<?> violation) {
        return prefix + violation.getPropertyPath() + " " + violation.getMessage() + ".";
    }

    private static <T> T or(@Nullable T asked, T otherwise) {
        return Objects.requireNonNullElse(asked, otherwise);
    }

    private static RequestRefused invalid(String rule) {
        return new RequestRefused(HttpStatus.BAD_REQUEST, "invalid-training", rule);
    }
}
