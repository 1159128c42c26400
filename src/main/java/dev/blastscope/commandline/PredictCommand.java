package dev.blastscope.commandline;

import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageRejected;
import dev.blastscope.inference.InferenceSettings;
import dev.blastscope.inference.ModelLoader;
import dev.blastscope.inference.ServingModel;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.Prediction;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a line for each image: what wins, and the probabilities. */
@Command(
        name = "predict",
        description = "Prints a line for each image: what wins, and the probabilities. Research use only.",
        versionProvider = Commands.Version.class,
        mixinStandardHelpOptions = true)
final class PredictCommand implements Callable<Integer> {

    @Mixin
    private final CommandContext parts = new CommandContext();

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--model", paramLabel = "VERSION", description = "The model; the active one if not given.")
    private @Nullable String version;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "JPEG, PNG, BMP, TIFF or GIF files.")
    private List<Path> files = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
        PrintWriter out = commandLine.getOut();
        boolean allWell = true;
        try (ConfigurableApplicationContext context = parts.open();
                ServingModel model = load(context.getBean(ModelLoader.class))) {
            commandLine.getErr().println("Model " + model.version() + ", " + model.digest());
            ImageDecoder decoder = new ImageDecoder(
                    context.getBean(InferenceSettings.class).image().limits());
            for (Path file : files) {
                try {
                    Prediction diagnosis = model.predict(List.of(decoder.decode(Files.readAllBytes(file))))
                            .get(0);
                    out.println(file + "\t" + line(diagnosis));
                } catch (ImageRejected e) {
                    allWell = false;
                    out.println(file + "\tREFUSED " + e.reason().code() + "\t" + e.getMessage());
                } catch (IOException e) {
                    allWell = false;
                    out.println(file + "\tREFUSED unreadable\tThe file cannot be read.");
                }
                out.flush();
            }
        }
        return allWell ? 0 : 1;
    }

    private ServingModel load(ModelLoader loader) throws Exception {
        return version == null ? loader.active() : loader.version(version);
    }

    private static String line(Prediction diagnosis) {
        String malignancy = String.format(
                Locale.ROOT,
                "%s\tmalignant=%.4f",
                diagnosis.outcome(),
                diagnosis.malignancy().of(Malignancy.MALIGNANT));
        return diagnosis
                .subtype()
                .map(subtypes -> malignancy + "\t" + subtypes.winner() + "\t"
                        + subtypes.values().entrySet().stream()
                                .map(entry -> String.format(Locale.ROOT, "%s=%.4f", entry.getKey(), entry.getValue()))
                                .collect(Collectors.joining(" ")))
                .orElse(malignancy);
    }
}
