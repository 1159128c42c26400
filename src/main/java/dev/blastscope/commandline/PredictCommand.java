package dev.blastscope.commandline;

import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageRejected;
import dev.blastscope.inference.InferenceSettings;
import dev.blastscope.inference.ModelLoader;
import dev.blastscope.inference.ServingModel;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.Prediction;
import dev.blastscope.prediction.Subtype;
import dev.blastscope.review.Review;
import dev.blastscope.review.ReviewReason;
import dev.blastscope.review.ReviewedPrediction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a table with a row for each image: the outcome and the probabilities, or why the file is refused. */
@Command(
        name = "predict",
        description =
                "Prints a tab-separated table with a row for each image: the outcome, the probability of malignant"
                        + " and, if malignant wins, the probability of each subtype; the classes that cannot be excluded,"
                        + " the familiarity, and why a person must look if the outcome is REVIEW. Research use only.",
        versionProvider = Commands.Version.class,
        mixinStandardHelpOptions = true)
final class PredictCommand implements Callable<Integer> {

    /** The columns are the same in every row; those that do not apply are empty. */
    private static final CSVFormat TABLE = CSVFormat.TDF
            .builder()
            .setHeader(Stream.concat(
                            Stream.of("file", "outcome", "malignant", "subtype"),
                            Stream.concat(
                                    Stream.of(Subtype.values()).map(PredictCommand::column),
                                    Stream.of("set", "familiarity", "reasons", "problem")))
                    .toArray(String[]::new))
            .setRecordSeparator(System.lineSeparator())
            .get();

    @Mixin
    private final CommandContext common = new CommandContext();

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--model", paramLabel = "VERSION", description = "Model version. Default: the active model.")
    private @Nullable String version;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "JPEG, PNG, BMP, TIFF or GIF files.")
    private List<Path> files = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
        boolean allPredicted = true;
        try (ConfigurableApplicationContext context = common.open();
                ServingModel model = load(context.getBean(ModelLoader.class))) {
            commandLine
                    .getErr()
                    .println("Model " + model.version() + " in "
                            + model.identity().precision() + ", " + model.digest());
            ImageDecoder decoder = new ImageDecoder(
                    context.getBean(InferenceSettings.class).image().limits());
            CSVPrinter table = new CSVPrinter(commandLine.getOut(), TABLE);
            for (Path file : files) {
                try {
                    table.printRecord(row(file, predict(model, decoder, file)));
                } catch (Unreadable e) {
                    allPredicted = false;
                    table.printRecord(row(file, "unreadable: " + e.getMessage()));
                } catch (ImageRejected e) {
                    allPredicted = false;
                    table.printRecord(row(file, e.code() + ": " + e.getMessage()));
                }
                table.flush();
            }
        }
        return allPredicted ? 0 : 1;
    }

    private ServingModel load(ModelLoader loader) throws Exception {
        return version == null ? loader.active() : loader.version(version);
    }

    private static ReviewedPrediction predict(ServingModel model, ImageDecoder decoder, Path file)
            throws Unreadable, ImageRejected {
        return model.predict(List.of(decoder.decode(bytes(file)))).get(0);
    }

    private static byte[] bytes(Path file) throws Unreadable {
        if (Files.isDirectory(file)) {
            throw new Unreadable("This is a folder. Name image files instead, for example " + file.resolve("*.jpg"));
        }
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new Unreadable("There is no such file.");
        } catch (IOException e) {
            throw new Unreadable("The file cannot be read. Check its permissions.");
        }
    }

    private static List<String> row(Path file, ReviewedPrediction reviewed) {
        Prediction prediction = reviewed.prediction();
        Review review = reviewed.review();
        List<String> row = new ArrayList<>(List.of(
                file.toString(),
                reviewed.outcome().name(),
                fourDigits(prediction.malignancy().of(Malignancy.MALIGNANT)),
                prediction.subtype().map(subtypes -> subtypes.winner().name()).orElse("")));
        for (Subtype subtype : Subtype.values()) {
            row.add(prediction
                    .subtype()
                    .map(subtypes -> fourDigits(subtypes.of(subtype)))
                    .orElse(""));
        }
        row.add(joined(review.set().stream()));
        row.add(
                review.familiarity().isPresent()
                        ? fourDigits(review.familiarity().getAsDouble())
                        : "");
        row.add(joined(review.reasons().stream().map(ReviewReason::code)));
        row.add("");
        return row;
    }

    private static String joined(Stream<? extends Enum<?>> names) {
        return names.map(Enum::name).collect(Collectors.joining(" "));
    }

    private static List<String> row(Path file, String problem) {
        List<String> row = new ArrayList<>(List.of(file.toString(), "REFUSED", "", ""));
        Stream.of(Subtype.values()).forEach(subtype -> row.add(""));
        row.addAll(List.of("", "", "", problem));
        return row;
    }

    private static String column(Subtype subtype) {
        return subtype.name().toLowerCase(Locale.ROOT);
    }

    private static String fourDigits(double probability) {
        return String.format(Locale.ROOT, "%.4f", probability);
    }

    /** A file whose bytes cannot be had; the message says why. */
    private static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message, null, false, false);
        }
    }
}
