package dev.blastscope.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.SmearFolder;
import dev.blastscope.Smears;
import dev.blastscope.prediction.SmearClass;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Input that cannot be used: a message that names it and its rule, the right exit code, and never a stack trace. */
class BadInputIT {

    private static Path folder;
    private static Path smears;

    @BeforeAll
    static void draw(@TempDir Path temporary) throws IOException {
        folder = temporary;
        smears = SmearFolder.write(folder.resolve("smears"), 3);
    }

    @Test
    void aFolderWithOneClass() throws IOException {
        Path dataset = folder.resolve("one-class");
        SmearFolder.writeClass(dataset, SmearClass.PRE_B, 4);

        assertRefused(
                train(dataset),
                "The data set cannot be trained on: benign has no usable image; early_pre_b has no usable image;"
                        + " pro_b has no usable image.");
    }

    @Test
    void aClassFolderThatIsEmpty() throws IOException {
        Path dataset = copyOfSmears("empty-class");
        deleteAll(dataset.resolve("pro_b"));

        assertRefused(train(dataset), "pro_b has no usable image");
    }

    @Test
    void tooFewImages() throws IOException {
        Path dataset = copyOfSmears("too-few");
        Files.delete(dataset.resolve("benign/1.png"));

        assertRefused(train(dataset), "benign has 2 usable images in 2 independent groups, and needs 3 groups or more");
    }

    @Test
    void tooFewImagesAfterACorruptOneNamesIt() throws IOException {
        Path dataset = copyOfSmears("corrupt");
        byte[] whole = Files.readAllBytes(dataset.resolve("benign/2.png"));
        Files.write(dataset.resolve("benign/2.png"), Arrays.copyOf(whole, whole.length / 2));

        assertRefused(
                train(dataset),
                "benign has 2 usable images",
                "Left out: benign/2.png: The PNG file ends before its image does.");
    }

    @Test
    void oneImageUnderTwoLabelsIsLeftOutAndNamed() throws IOException {
        Path dataset = copyOfSmears("two-labels");
        Files.copy(dataset.resolve("benign/1.png"), dataset.resolve("pro_b/9.png"));

        assertRefused(
                train(dataset),
                "Left out: benign/1.png: is labelled benign, but pro_b/9.png with the same content pro_b");
    }

    @Test
    void aFolderOfAnotherKind() throws IOException {
        Path dataset = Files.createDirectories(folder.resolve("other/healthy")).resolveSibling("");
        Files.write(dataset.resolve("healthy/1.png"), Smears.png(Smears.benign(1)));

        assertRefused(train(dataset), "The folder 'other' has no sub-folder named after a class");
        assertRefused(train(folder.resolve("nowhere")), "The data set 'nowhere' does not exist.");
    }

    @Test
    void aManifestWithABadLabel() throws IOException {
        Path dataset = copyOfSmears("manifest");
        Path manifest = Files.writeString(dataset.resolve("manifest.csv"), "path,label\nbenign/1.png,healthy\n");

        assertRefused(
                train(manifest),
                "manifest.csv, line 2: the label 'healthy' is none of benign, early_pre_b, pre_b, pro_b");
    }

    @Test
    void aBackboneThatIsNone() throws IOException {
        byte[] whole = Files.readAllBytes(Path.of("src/main/resources/model/backbone.safetensors"));
        Path cut = Files.write(folder.resolve("cut.safetensors"), Arrays.copyOf(whole, whole.length / 2));
        byte[] header = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(2L << 30)
                .array();
        Path huge = Files.write(folder.resolve("huge.safetensors"), header);
        Path notANumber = Files.write(folder.resolve("nan.safetensors"), withNaN(whole));

        assertRefused(
                train(smears, "--backbone", cut), "The backbone " + cut + " is refused.", "bytes follow the header");
        assertRefused(train(smears, "--backbone", huge), "The header claims 2147483648 bytes");
        assertRefused(train(smears, "--backbone", notANumber), "must have finite values", "is NaN");
        assertRefused(train(smears, "--compare-backbone", notANumber), "The backbone " + notANumber + " is refused.");
        assertRefused(train(smears, "--backbone", folder.resolve("absent")), "It is not a file.");
    }

    @Test
    void aHomeThatIsAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertRefused(
                CommandRun.of("train", "--dataset", smears, "--home", file),
                "The feature cache " + file,
                "permissions");
    }

    @Test
    void aModelThatIsNotThere() {
        for (String command : new String[] {"evaluate --dataset=" + smears, "predict samples/benign.jpg"}) {
            Object[] words = Stream.concat(
                            Stream.of(command.split(" ")), Stream.of("--home=" + folder, "--model=2020-01-01.1"))
                    .toArray();
            assertRefused(CommandRun.of(words), "There is no model version \"2020-01-01.1\".");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "train                             | Missing required option: '--dataset=DIR'",
                "evaluate                          | Missing required option: '--dataset=DIR'",
                "predict                           | Missing required parameter: 'FILE'",
                "train --dataset=. --freeze=HALF   | expected one of [BACKBONE, LAYER3, NONE]",
                "train --dataset=. --epochs=many   | 'many' is not an int",
                "train --dataset=. --epochs=0      | setting blastscope.training.epochs must be greater than or equal to 1",
                "predict --device=toaster x.jpg    | expected one of [AUTO, CPU, GPU]",
                "tran                              | Unmatched argument at index 0: 'tran'"
            })
    void whatIsAskedForWrongly(String arguments, String message) {
        CommandRun run = CommandRun.of((Object[]) arguments.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(message).doesNotContain("\tat ");
    }

    private static CommandRun train(Path dataset, Object... more) {
        Object[] arguments = Stream.concat(
                        Stream.of("train", "--dataset", dataset, "--home", folder.resolve("home")), Stream.of(more))
                .toArray();
        return CommandRun.of(arguments);
    }

    private static void assertRefused(CommandRun run, String... message) {
        assertThat(run.err()).contains(message).doesNotContain("\tat ", "Exception");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
    }

    private static Path copyOfSmears(String name) throws IOException {
        return SmearFolder.write(folder.resolve(name), 3);
    }

    private static void deleteAll(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.delete(file);
            }
        }
    }

    /** The first value of the first weight becomes the F16 number that is none. */
    private static byte[] withNaN(byte[] file) {
        byte[] changed = file.clone();
        int headerLength = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt();
        assertThat(new String(file, Long.BYTES, headerLength, StandardCharsets.UTF_8))
                .contains("\"F16\"");
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putShort(Long.BYTES + headerLength, (short) 0x7e00);
        return changed;
    }
}
