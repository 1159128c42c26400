package dev.blastscope.commandline;

import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.modelstore.ModelStore.StoredModel;
import dev.blastscope.training.EvaluationText;
import dev.blastscope.training.ModelEvaluation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
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

    @Override
    public Integer call() throws Exception {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try (ConfigurableApplicationContext context = common.open()) {
            StoredModel model = model(context.getBean(ModelStore.class));
            ModelEvaluation.Result result;
            try (CommandProgress progress = CommandProgress.on(
                    Objects.requireNonNull(spec).commandLine().getErr())) {
                result = context.getBean(ModelEvaluation.class).evaluate(model, dataset, progress);
            }
            result.problems().forEach(problem -> out.println("Left out: " + problem));
            out.println("Model " + model.version() + ", " + model.digest());
            out.println(result.ofNewImages()
                    .map(fresh -> EvaluationText.of(fresh, result.figures()))
                    .orElseGet(() -> EvaluationText.of(result.figures())));
            out.println("Note: " + result.familiarity().sentence());
            out.flush();
            return 0;
        }
    }

    private StoredModel model(ModelStore store) throws Exception {
        return store.open(version == null ? store.active().orElse(EmbeddedModel.VERSION) : version);
    }
}
