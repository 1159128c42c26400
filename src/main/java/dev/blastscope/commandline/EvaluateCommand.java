package dev.blastscope.commandline;

import dev.blastscope.image.ImageLimits;
import dev.blastscope.inference.InferenceSettings;
import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.modelstore.ModelStore.Rendition;
import dev.blastscope.modelstore.ModelStore.StoredModel;
import dev.blastscope.network.engine.NetworkEngine;
import dev.blastscope.report.ReportWriter;
import dev.blastscope.training.EvaluationText;
import dev.blastscope.training.ModelEvaluation;
import dev.blastscope.web.Notice;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Evaluates a model on all images of a data set. */
@Command(
        name = "evaluate",
        description =
                "Evaluates a model on all images of a data set. The figures are optimistic for images that it was trained on.",
        versionProvider = Commands.Version.class,
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {

    @Mixin
    private final CommandContext common = new CommandContext();

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--dataset",
            required = true,
            paramLabel = "DIR",
            description = "Folder with a subfolder for each class, or CSV manifest with the columns path,label,group.")
    private Path dataset = Path.of("");

    @Option(names = "--model", paramLabel = "VERSION", description = "Model version. Default: the active model.")
    private @Nullable String version;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Writes a report for people: a page, or JSON if the name ends so.")
    private @Nullable Path report;

    @Option(
            names = "--images",
            paramLabel = "FILE",
            description = "Writes the answer for each image: CSV, or JSON if the name ends so.")
    private @Nullable Path images;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try (ConfigurableApplicationContext context = common.open()) {
            Rendition model = context.getBean(NetworkEngine.class).rendition(model(context.getBean(ModelStore.class)));
            ModelEvaluation.Result result;
            try (CommandProgress progress = CommandProgress.on(
                    Objects.requireNonNull(spec).commandLine().getErr())) {
                result = context.getBean(ModelEvaluation.class).evaluate(model, dataset, progress);
            }
            result.problems().forEach(problem -> out.println("Left out: " + problem));
            out.println("Model " + model.version() + " in " + model.precision() + ", " + model.digest());
            out.println(result.ofNewImages()
                    .map(fresh -> EvaluationText.of(fresh, result.figures()))
                    .orElseGet(() -> EvaluationText.of(result.figures())));
            out.println("With abstention: " + result.abstention().sentence());
            out.println("Note: " + result.overlap().sentence());
            if (report != null) {
                ImageLimits limits =
                        context.getBean(InferenceSettings.class).image().limits();
                ReportFile file = new ReportFile(dataset, limits);
                ModelCard card = ModelCard.read(model.files().card());
                ReportFile.write(
                        new ReportWriter(
                                        model.version(),
                                        model.digest(),
                                        List.of(
                                                "With abstention, "
                                                        + result.abstention().sentence(),
                                                result.overlap().sentence()),
                                        card.limits(),
                                        Notice.RESEARCH_USE)
                                .report(
                                        "Measured on all " + result.images().size() + " usable images of a data set.",
                                        Optional.of(result.figures()),
                                        result.images().stream()
                                                .map(ModelEvaluation.ImageAnswer::answer)
                                                .toList(),
                                        file::picture),
                        report);
            }
            if (images != null) {
                AnswersFile.write(result.images(), images);
            }
            out.flush();
            return 0;
        }
    }

    private StoredModel model(ModelStore store) throws Exception {
        return store.open(version == null ? store.active().orElse(EmbeddedModel.VERSION) : version);
    }
}
