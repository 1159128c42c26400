package dev.blastscope.inference.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.blastscope.inference.CasePrediction;
import dev.blastscope.inference.CasePrediction.Field;
import dev.blastscope.inference.web.PredictionJson.ModelJson;
import dev.blastscope.inference.web.PredictionJson.ReasonJson;
import dev.blastscope.inference.web.PredictionJson.SubtypeJson;
import dev.blastscope.prediction.FieldPool.Pooled;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.Prediction;
import dev.blastscope.prediction.SmearClass;
import dev.blastscope.refusal.Refusal;
import dev.blastscope.review.CaseReview;
import dev.blastscope.review.Outcome;
import dev.blastscope.web.Notice;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;

/** A case as clients see it. */
@Schema(name = "Case", description = "The prediction for several fields of one slide")
@JsonInclude(JsonInclude.Include.NON_NULL)
record CaseJson(
        @Schema(
                description = "Identifies this case, also in the audit trail",
                example = "01992f3a-5c1e-7f64-b1c9-6f0a9d4f2b12")
        String id,

        @Schema(
                description = "MALIGNANT if its probability reaches the threshold, else BENIGN; REVIEW if a person must"
                        + " look at the slide, for the reasons given",
                example = "MALIGNANT")
        Outcome outcome,

        @Schema(description = "Why a person must look at the slide; present exactly if the outcome is REVIEW") @Nullable
        List<ReasonJson> reasons,

        @Schema(description = "Whether the probabilities may be used; false exactly if the outcome is REVIEW")
        boolean probabilitiesUsable,

        @Schema(description = "Probabilities of benign and malignant; absent if no field could be used") @Nullable
        SlideMalignancyJson malignancy,

        @Schema(
                description = "The probability of each subtype, given that the slide is malignant; present only if the"
                        + " probability of malignant reaches the threshold")
        @Nullable
        SubtypeJson subtype,

        @Schema(description = "The classes that cannot be excluded; empty where no class fits", example = "[\"PRE_B\"]")
        List<SmearClass> set,

        @Schema(description = "The coverage that the set was made for", minimum = "0", maximum = "1", example = "0.95")
        double coverage,

        @Schema(description = "How many fields were used", example = "7")
        int used,

        @Schema(
                description = "The share of the fields used whose own class is that of the slide; absent if there are"
                        + " none",
                minimum = "0",
                maximum = "1",
                example = "0.8571")
        @Nullable
        BigDecimal agreement,

        @Schema(
                description = "Indices of the fields that speak most for the outcome, the strongest first; at most 5",
                example = "[3, 0]")
        List<Integer> drivers,

        @Schema(description = "What became of each field, in the order sent")
        List<FieldJson> fields,

        @Schema(description = "The model that was used") ModelJson model,

        @Schema(description = "Notice on the use of this prediction", example = Notice.RESEARCH_USE)
        String notice) {

    private static final int MOST_DRIVERS = 5;

    static CaseJson of(CasePrediction result, Function<Refusal, ProblemDetail> problems) {
        CaseReview review = result.review();
        boolean stands = review.reasons().isEmpty();
        List<FieldJson> fields = IntStream.range(0, result.fields().size())
                .mapToObj(index -> FieldJson.of(index, result.fields().get(index), problems))
                .toList();
        return new CaseJson(
                result.id(),
                review.outcome(),
                stands ? null : review.reasons().stream().map(ReasonJson::of).toList(),
                stands,
                review.pooled().map(SlideMalignancyJson::of).orElse(null),
                review.pooled()
                        .flatMap(pooled -> pooled.prediction().subtype())
                        .map(SubtypeJson::of)
                        .orElse(null),
                List.copyOf(review.set()),
                review.settings().coverage(),
                (int) fields.stream().filter(FieldJson::used).count(),
                review.agreement().isPresent()
                        ? PredictionJson.rounded(review.agreement().getAsDouble())
                        : null,
                drivers(result),
                fields,
                ModelJson.of(result.model()),
                Notice.RESEARCH_USE);
    }

    private static List<Integer> drivers(CasePrediction result) {
        boolean malignant = result.review().pooled().stream()
                .anyMatch(pooled -> pooled.prediction().winner() == Malignancy.MALIGNANT);
        Comparator<Integer> strongestFirst =
                Comparator.comparingDouble(index -> -Math.abs(contribution(result, index)));
        return IntStream.range(0, result.fields().size())
                .boxed()
                .filter(index -> malignant ? contribution(result, index) > 0 : contribution(result, index) < 0)
                .sorted(strongestFirst)
                .limit(MOST_DRIVERS)
                .toList();
    }

    /** 0 for a field that does not count. */
    private static double contribution(CasePrediction result, int index) {
        return result.fields().get(index) instanceof Field.Used used ? used.contribution() : 0;
    }

    @Schema(
            name = "SlideMalignancy",
            description = "Probabilities with four significant digits; apart from rounding, benign and malignant sum"
                    + " to 1")
    record SlideMalignancyJson(
            @Schema(description = "Probability of a benign slide", minimum = "0", maximum = "1", example = "0.0312")
            BigDecimal benign,

            @Schema(description = "Probability of a malignant slide", minimum = "0", maximum = "1", example = "0.9688")
            BigDecimal malignant,

            @Schema(
                    description =
                            "95 % interval of the probability of malignant, for other fields of the same slide; it"
                                    + " does not cover what the model gets wrong in all fields alike")
            IntervalJson interval,

            @Schema(
                    description = "The probability of malignant from which on malignant wins",
                    minimum = "0",
                    maximum = "1",
                    example = "0.1208")
            BigDecimal threshold,

            @Schema(
                    description = "The share of malignant smears that the probabilities assume",
                    minimum = "0",
                    maximum = "1",
                    example = "0.5")
            BigDecimal prevalence) {

        static SlideMalignancyJson of(Pooled pooled) {
            Prediction prediction = pooled.prediction();
            return new SlideMalignancyJson(
                    PredictionJson.rounded(prediction.malignancy().of(Malignancy.BENIGN)),
                    PredictionJson.rounded(prediction.malignancy().of(Malignancy.MALIGNANT)),
                    new IntervalJson(PredictionJson.rounded(pooled.low()), PredictionJson.rounded(pooled.high())),
                    PredictionJson.rounded(prediction.threshold()),
                    PredictionJson.rounded(prediction.prevalence()));
        }
    }

    @Schema(name = "ProbabilityInterval", description = "An interval of a probability, with four significant digits")
    record IntervalJson(
            @Schema(description = "Its lower end", minimum = "0", maximum = "1", example = "0.9214")
            BigDecimal low,

            @Schema(description = "Its upper end", minimum = "0", maximum = "1", example = "0.9871")
            BigDecimal high) {}

    @Schema(name = "Field", description = "What became of a field")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FieldJson(
            @Schema(description = "Its place in the request, from 0", example = "0")
            int index,

            @Schema(description = "Whether it counts") boolean used,

            @Schema(
                    description =
                            "What it adds to the log-odds of malignant above the threshold; the slide is malignant"
                                    + " where their sum is not negative. Present only if used",
                    example = "0.8123")
            @Nullable
            BigDecimal contribution,

            @Schema(
                    description =
                            "Why it does not count: a person must look at the picture, as its prediction says; its"
                                    + " problem says why it was refused; or it is the same file as an earlier field. Present only"
                                    + " if not used",
                    example = "REVIEW")
            @Nullable
            LeftOut leftOut,

            @Schema(description = "Index of the field that is the same file", example = "0") @Nullable
            Integer duplicateOf,

            @Schema(description = "Its own prediction; absent if it was refused or is a duplicate") @Nullable
            PredictionJson prediction,

            @Schema(description = "Why it was refused") @Nullable
            ProblemDetail problem) {

        static FieldJson of(int index, Field field, Function<Refusal, ProblemDetail> problems) {
            if (field instanceof Field.Used used) {
                return new FieldJson(
                        index,
                        true,
                        PredictionJson.rounded(used.contribution()),
                        null,
                        null,
                        PredictionJson.of(used.prediction()),
                        null);
            }
            if (field instanceof Field.LeftOut leftOut) {
                return new FieldJson(
                        index, false, null, LeftOut.REVIEW, null, PredictionJson.of(leftOut.prediction()), null);
            }
            return field instanceof Field.Duplicate duplicate
                    ? new FieldJson(index, false, null, LeftOut.DUPLICATE, duplicate.original(), null, null)
                    : new FieldJson(
                            index,
                            false,
                            null,
                            LeftOut.REFUSED,
                            null,
                            null,
                            problems.apply(((Field.Refused) field).refusal()));
        }
    }

    /** Why a field does not count. */
    enum LeftOut {
        REVIEW,
        REFUSED,
        DUPLICATE
    }
}
