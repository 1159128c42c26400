package dev.blastscope.commandline;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import dev.blastscope.training.TrainingProgress;
import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows the progress of a command on the error stream, until it is closed. */
abstract class CommandProgress implements TrainingProgress, AutoCloseable {

    private static final int STDERR = 2;

    /** Progress bars on a terminal, and lines in a file or a pipe. */
    static CommandProgress on(PrintWriter err) {
        return isTerminal() ? new Bars() : new Lines(err);
    }

    /** Asks the C library, because Java knows only of standard input and output. */
    private static boolean isTerminal() {
        return Platform.isWindows()
                ? Native.load("msvcrt", WindowsCLibrary.class)._isatty(STDERR) != 0
                : Native.load("c", CLibrary.class).isatty(STDERR) != 0;
    }

    @Override
    public abstract void close();

    /** A bar for each stage, with the time left. */
    private static final class Bars extends CommandProgress {

        private @Nullable ProgressBar bar;

        @Override
        public void begin(String stage, long total) {
            close();
            bar = new ProgressBarBuilder()
                    .setTaskName(stage)
                    .setInitialMax(total)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(500)
                    .build();
        }

        @Override
        public void done(long done, String remark) {
            if (bar != null) {
                bar.stepTo(done);
                bar.setExtraMessage(remark);
            }
        }

        @Override
        public void close() {
            if (bar != null) {
                bar.close();
                bar = null;
            }
        }
    }

    /** A line when a stage begins, and one for each tenth of it. */
    private static final class Lines extends CommandProgress {

        private static final int LINES = 10;

        private final PrintWriter lines;
        private String stage = "";
        private long total;
        private long shown;

        Lines(PrintWriter lines) {
            this.lines = lines;
        }

        @Override
        public void begin(String name, long steps) {
            stage = name;
            total = steps;
            shown = 0;
            show(0, "");
        }

        @Override
        public void done(long done, String remark) {
            long tenths = LINES * done / Math.max(1, total);
            if (tenths > shown) {
                shown = tenths;
                show(done, remark);
            }
        }

        @Override
        public void close() {
            lines.flush();
        }

        private void show(long done, String remark) {
            lines.println(stage + ": " + done + " of " + total + (remark.isEmpty() ? "" : ", " + remark));
            lines.flush();
        }
    }

    interface CLibrary extends Library {
        int isatty(int descriptor);
    }

    interface WindowsCLibrary extends Library {
        @SuppressWarnings("MemberName") // the C library's name for it
        int _isatty(int descriptor);
    }
}
