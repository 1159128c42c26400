package dev.blastscope.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.SmearFolder;
import dev.blastscope.Smears;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.prediction.SmearClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The story of a user: train on a folder, look at the figures, predict, evaluate. */
class CommandsIT {

    private static Path folder;
    private static Path dataset;
    private static Path home;
    private static CommandRun training;

    @BeforeAll
    static void train(@TempDir Path temporary) throws IOException {
        folder = temporary;
        dataset = SmearFolder.write(folder.resolve("smears"), 12);
        Files.writeString(dataset.resolve("benign/notes.txt"), "stained on Tuesday");
        home = folder.resolve("home");
        training = CommandRun.of("train", "--dataset", dataset, "--home", home, "--epochs", 12);
    }

    @Test
    void trainingPrintsGroupedAndRandomFoldsSideBySideAndWhatItLeftOut() {
        assertThat(training.exitCode()).as(training.err()).isZero();
        assertThat(training.out().lines())
                .startsWith("Left out of the data set:")
                .anyMatch(line -> line.startsWith("  benign/notes.txt: "))
                .anyMatch(line -> line.matches(" +grouped folds +random folds"))
                .anyMatch(line ->
                        line.matches("Images used: .benign=12, early_pre_b=12, pre_b=12, pro_b=12.; \\d+ groups,.*"))
                .anyMatch(line -> line.matches("Published model .* and activated it, without a promotion gate.*"));
    }

    @Test
    void progressGoesToTheErrorStreamALineATime() {
        assertThat(training.err().lines())
                .startsWith("features: 0 of 49")
                .contains("features: 49 of 49", "heads: 0 of 12")
                .noneMatch(line -> line.contains("\r"))
                .hasSizeLessThan(100);
        assertThat(training.out()).doesNotContain("features:", "heads:");
    }

    @Test
    void theModelIsPublishedActiveAndTellsItsFigures() throws Exception {
        ModelStore store = new ModelStore(home.resolve("models"));
        ModelCard card =
                ModelCard.read(store.open(store.active().orElseThrow()).files().card());

        assertThat(card.version()).isEqualTo(store.active().orElseThrow());
        assertThat(card.evaluations()).hasSize(2);
        assertThat(card.settings()).containsEntry("epochs", 12);
    }

    @Test
    void predictionPrintsARowForEachFile() throws IOException {
        CommandRun run =
                CommandRun.of("predict", "--home", home, drawing(SmearClass.BENIGN), drawing(SmearClass.PRO_B));

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines())
                .hasSize(3)
                .startsWith(
                        "file\toutcome\tmalignant\tsubtype\tearly_pre_b\tpre_b\tpro_b\tset\tfamiliarity\treasons\tproblem");
        assertThat(run.out().lines().skip(1))
                .anyMatch(row -> row.matches(
                        ".*BENIGN.png\t(BENIGN|REVIEW)\t0\\.\\d{4}\t\t\t\t\t[A-Z_ ]*\t[01]\\.\\d{4}\t[A-Z_ ]*\t"))
                .anyMatch(
                        row -> row.matches(
                                ".*PRO_B.png\t(MALIGNANT|REVIEW)\t[01]\\.\\d{4}\tPRO_B(\t[01]\\.\\d{4}){3}\t[A-Z_ ]*\t[01]\\.\\d{4}\t[A-Z_ ]*\t"));
        assertThat(run.err().lines()).singleElement().asString().startsWith("Model 20");
    }

    @Test
    void predictionGoesOnAfterARefusedFileAndFailsInTheEnd() throws IOException {
        Path text = Files.writeString(folder.resolve("text.jpg"), "no image");
        Path subfolder = Files.createDirectories(folder.resolve("field 1"));
        CommandRun run = CommandRun.of(
                "predict", "--home", home, text, folder.resolve("absent.jpg"), subfolder, drawing(SmearClass.PRE_B));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out().lines().map(row -> row.split("\t", -1).length))
                .as(run.out())
                .hasSize(5)
                .containsOnly(11);
        assertThat(run.out())
                .contains(
                        "text.jpg\tREFUSED\t\t\t\t\t\t\t\t\tnot-an-image: ",
                        "absent.jpg\tREFUSED\t\t\t\t\t\t\t\t\tunreadable: There is no such file.",
                        "field 1\tREFUSED\t\t\t\t\t\t\t\t\tunreadable: This is a folder. Name image files instead, for example "
                                + subfolder.resolve("*.jpg"),
                        "\tMALIGNANT\t");
    }

    private static Path drawing(SmearClass smearClass) throws IOException {
        return Files.write(folder.resolve(smearClass + ".png"), Smears.png(Smears.draw(smearClass, 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"answers.csv", "answers.json"})
    void evaluationWritesAReportAndEveryAnswer(String answers) throws IOException {
        Path page = folder.resolve("report.html");
        CommandRun run = CommandRun.of(
                "evaluate",
                "--dataset",
                dataset,
                "--home",
                home,
                "--report",
                page,
                "--images",
                folder.resolve(answers));

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).containsPattern("With abstention: [01][.]\\d+ \\[.*\\] of 48 images are decided");
        assertThat(page).content().contains("Research use only", "48 usable images", "<svg", "With abstention, ");
        assertThat(Files.readString(folder.resolve(answers)))
                .contains("sha256", "reasons", "called", "early_pre_b", "benign/1.png")
                .satisfies(text ->
                        assertThat(text.split("benign/[0-9]+[.]png", -1)).hasSize(13));
    }

    @Test
    void evaluationSaysHowManyImagesTheModelKnowsAlsoWhereTheDataSetIsAnother() throws IOException {
        CommandRun known = CommandRun.of("evaluate", "--dataset", dataset, "--home", home);
        CommandRun others =
                CommandRun.of("evaluate", "--dataset", SmearFolder.write(folder.resolve("others"), 4), "--home", home);

        assertThat(known.exitCode()).as(known.err()).isZero();
        assertThat(known.out())
                .contains(
                        "all images",
                        "48 images",
                        "Left out: benign/notes.txt",
                        "The model was trained on 48 of these 48 images",
                        "No image is left that is new to it.");
        assertThat(others.exitCode()).as(others.err()).isZero();
        assertThat(others.out()).contains("16 images").contains("The model was trained on 16 of these 16 images");
    }

    @Test
    void withoutActivationTheActiveModelStays() throws Exception {
        ModelStore store = new ModelStore(home.resolve("models"));
        String before = store.active().orElseThrow();

        CommandRun run = CommandRun.of("train", "--dataset", dataset, "--home", home, "--epochs", 1, "--no-activate");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).doesNotContain("activated");
        assertThat(store.active()).contains(before);
        assertThat(store.versions()).hasSizeGreaterThan(1);
    }

    @Test
    void anotherBackboneIsMeasuredBesideTheFirst() {
        CommandRun run = CommandRun.of(
                "train",
                "--dataset",
                dataset,
                "--home",
                home,
                "--epochs",
                1,
                "--no-activate",
                "--compare-backbone",
                "src/main/resources/model/backbone.safetensors");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).containsOnlyOnce("For comparison, backbone sha256:");
        assertThat(run.out().lines().filter(line -> line.contains("grouped folds")))
                .hasSize(2);
    }
}
