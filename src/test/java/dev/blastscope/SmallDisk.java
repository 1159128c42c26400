package dev.blastscope;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk in memory that is soon full; tests without the right to mount one are skipped. */
public final class SmallDisk implements AutoCloseable {

    private static final String FILLER = "filler";

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounts it on an existing folder. */
    public static SmallDisk mount(Path folder, int megabytes) throws IOException {
        boolean mounted = Files.exists(Path.of("/proc/mounts"))
                && run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString());
        assumeTrue(mounted, "needs the right to mount a small disk");
        return new SmallDisk(folder);
    }

    /** The folder that it is mounted on. */
    public Path folder() {
        return folder;
    }

    /** Leaves no byte of room. */
    public void fill() throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream filler = Files.newOutputStream(folder.resolve(FILLER))) {
            while (true) {
                filler.write(block);
            }
        } catch (IOException full) {
            if (folder.toFile().getUsableSpace() > 0) {
                throw full;
            }
        }
    }

    /** Makes the room again that {@link #fill} took. */
    public void free() throws IOException {
        Files.delete(folder.resolve(FILLER));
    }

    /** Lets nobody write to it any more. */
    public void makeReadOnly() throws IOException {
        assumeTrue(run("mount", "-o", "remount,ro", folder.toString()), "needs the right to mount read-only");
    }

    @Override
    public void close() throws IOException {
        run("umount", "--lazy", folder.toString());
    }

    private static boolean run(String... command) throws IOException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .onExit()
                        .join()
                        .exitValue()
                == 0;
    }
}
