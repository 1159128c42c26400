package dev.blastscope.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.blastscope.Blastscope;
import dev.blastscope.Jvm;
import dev.blastscope.SmallDisk;
import dev.blastscope.home.HomeCheck.UnusableHome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service whose home folder cannot be used does not start, and says so in one sentence. */
class HomeCheckTest {

    private final Path folder;

    HomeCheckTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void aFolderThatIsMadeOrIsThereIsGood() throws Exception {
        HomeFolder home = new HomeFolder(folder.resolve("new").resolve("home"));

        HomeCheck.check(home, true);
        HomeCheck.check(home, true);

        assertThat(home.home()).isEmptyDirectory();
    }

    @Test
    void aFolderThatCannotBeMadeIsNone() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatExceptionOfType(UnusableHome.class)
                .isThrownBy(() -> HomeCheck.check(new HomeFolder(file.resolve("home")), true))
                .withMessage(
                        "The home folder " + file.resolve("home") + " is read-only, or this user may not write to it.");
    }

    @Test
    void aFolderThatIsReadOnlyIsNone() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder, 4)) {
            HomeFolder home = new HomeFolder(disk.folder().resolve("home"));
            HomeCheck.check(home, true);
            disk.makeReadOnly();

            assertThatExceptionOfType(UnusableHome.class)
                    .isThrownBy(() -> HomeCheck.check(home, false))
                    .withMessageContaining("is read-only");
        }
    }

    @Test
    void aFullDiskIsNoneForTheEmbeddedDatabase() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder, 4)) {
            HomeFolder home = new HomeFolder(disk.folder().resolve("home"));
            HomeCheck.check(home, true);
            assertThat(new HomeSpace(home, true).isTooLittleForTheDatabase()).isFalse();
            disk.fill();

            assertThatExceptionOfType(UnusableHome.class)
                    .isThrownBy(() -> HomeCheck.check(home, true))
                    .withMessage("The disk of the home folder " + home.home() + " is full.");
            assertThatCode(() -> HomeCheck.check(home, false))
                    .as("with PostgreSQL")
                    .doesNotThrowAnyException();
            assertThat(new HomeSpace(home, true).isTooLittleForTheDatabase()).isTrue();
            assertThat(new HomeSpace(home, false).isTooLittleForTheDatabase()).isFalse();
        }
    }

    @Test
    void aFolderOfAnotherServiceEndsTheProgramWithASentenceAndNoStackTrace() throws Exception {
        HomeFolder home = new HomeFolder(folder.resolve("home"));
        try (Connection other = DriverManager.getConnection("jdbc:h2:file:" + home.database())) {
            Process program = Jvm.running(Blastscope.class, "--server.port=0", "--blastscope.home=" + home.home())
                    .redirectErrorStream(true)
                    .start();
            String log = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(program.waitFor()).isEqualTo(1);
            assertThat(log)
                    .contains("Another service uses the home folder " + home.home() + ".", "--blastscope.home=DIR")
                    .doesNotContain("\tat ");
            assertThat(log.lines().filter(line -> !line.isBlank())).hasSizeLessThan(10);
            assertThat(other.isValid(1)).isTrue();
        }
    }
}
