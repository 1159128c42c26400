package dev.blastscope.commandline;

import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.dataset.Exclusion;
import dev.blastscope.inference.InferenceSettings;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.modelstore.ModelStore.StoredCard;
import dev.blastscope.modelstore.ModelVersion;
import dev.blastscope.network.Freeze;
import dev.blastscope.report.ReportWriter;
import dev.blastscope.training.Candidate;
import dev.blastscope.training.EvaluationText;
import dev.blastscope.training.ModelTraining;
import dev.blastscope.training.StartingBackbone;
import dev.blastscope.training.TrainingSettings;
import dev.blastscope.web.Notice;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a model on labelled smears, prints its evaluation, publishes it and activates it. */
@Command(
        name = "train",
        description = "Trains a model on labelled smears, prints its evaluation, publishes it and activates it.",
        versionProvider = Commands.Version.class,
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {

    @Mixin
    private final CommandContext common = new CommandContext();

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--dataset",
            required = true,
            paramLabel = "DIR",
            description = "Folder with a subfolder for each class (benign, early_pre_b, pre_b, pro_b), or CSV manifest"
                    + " with the columns path,label,group.")
    private Path dataset = Path.of("");

    @Option(
            names = "--backbone",
            paramLabel = "FILE",
            description = "ResNet-50 in torchvision's layout (safetensors) to start from. Default: the setting"
                    + " blastscope.backbone, or else the embedded backbone.")
    private @Nullable Path backbone;

    @Option(
            names = "--compare-backbone",
            paramLabel = "FILE",
            description =
                    "Another backbone to evaluate on the same splits; its figures go into the model card. Repeatable.")
    private List<Path> others = new ArrayList<>();

    @Option(
            names = "--freeze",
            paramLabel = "PART",
            description = "Layers that stay frozen: ${COMPLETION-CANDIDATES}. Default: BACKBONE.")
    private @Nullable Freeze freeze;

    @Option(names = "--seed", paramLabel = "N", description = "Random seed; equal seeds give equal models. Default: 7.")
    private @Nullable Long seed;

    @Option(names = "--epochs", paramLabel = "N", description = "Maximum number of epochs (heads). Default: 40.")
    private @Nullable Integer epochs;

    @Option(names = "--no-activate", description = "Publish the model without activating it.")
    private boolean leaveActive;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Writes a report for people: a page, or JSON if the name ends so.")
    private @Nullable Path report;

    @Override
    public Integer call() throws Exception {
        common.with("blastscope.backbone", backbone)
                .with("blastscope.training.freeze", freeze)
                .with("blastscope.training.seed", seed)
                .with("blastscope.training.epochs", epochs);
        try (ConfigurableApplicationContext context = common.open()) {
            List<StartingBackbone> compared = new ArrayList<>();
            for (Path other : others) {
                compared.add(StartingBackbone.read(other));
            }
            Candidate candidate;
            try (CommandProgress progress = CommandProgress.on(
                    Objects.requireNonNull(spec).commandLine().getErr())) {
                candidate = context.getBean(ModelTraining.class)
                        .train(
                                dataset,
                                context.getBean(StartingBackbone.class),
                                compared,
                                context.getBean(TrainingSettings.class),
                                progress);
            }
            ModelStore store = context.getBean(ModelStore.class);
            ModelVersion version = candidate.publish(store);
            if (!leaveActive) {
                store.activate(version.toString());
            }
            report(candidate, version);
            if (report != null) {
                writeReport(store.card(version.toString()), candidate, context);
            }
            return 0;
        }
    }

    private void writeReport(StoredCard stored, Candidate candidate, ConfigurableApplicationContext context)
            throws DatasetRejected, IOException {
        ReportFile file = new ReportFile(
                dataset, context.getBean(InferenceSettings.class).image().limits());
        Candidate.Rendition served = candidate.served();
        ModelCard card = served.card();
        ReportFile.write(
                new ReportWriter(stored.version(), stored.digest(), card.remarks(), card.limits(), Notice.RESEARCH_USE)
                        .report(
                                ReportWriter.trainingSubject(card),
                                card.evaluations().stream().findFirst(),
                                served.outOfFold().rows(),
                                file::picture),
                Objects.requireNonNull(report));
    }

    private void report(Candidate candidate, ModelVersion version) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        ModelCard card = candidate.fp32().card();
        if (!candidate.problems().isEmpty()) {
            out.println("Left out of the data set:");
            for (Exclusion problem : candidate.problems()) {
                out.println("  " + problem);
            }
            out.println();
        }
        out.printf(
                Locale.ROOT,
                "Images used: %s; %d groups, %d pairs of exact duplicates, %d of near-duplicates%n%n",
                card.data().images(),
                card.data().groups(),
                card.data().exactDuplicatePairs(),
                card.data().nearDuplicatePairs());
        out.println("Backbone: " + card.backbone().name());
        out.println("Precisions: fp32" + (candidate.int8().isPresent() ? ", int8" : "") + "; the figures are of fp32");
        card.precisions().ifPresent(compared -> out.println(compared.summary()));
        out.println(
                EvaluationText.of(card.evaluations().get(0), card.evaluations().get(1)));
        card.changes().ifPresent(changes -> out.println(EvaluationText.ofChanges(changes)));
        for (ModelCard.Comparison comparison : card.comparisons()) {
            out.println("For comparison, backbone " + comparison.backbone().digest());
            out.println(EvaluationText.of(
                    comparison.evaluations().get(0), comparison.evaluations().get(1)));
        }
        card.remarks().forEach(remark -> out.println("Note: " + remark));
        out.println("Seconds: " + card.seconds());
        out.println("Published model " + version
                + (leaveActive
                        ? ""
                        : " and activated it, without a promotion gate: nobody compared it with the model before."));
        out.flush();
    }
}
