package dev.blastscope.commandline;

import dev.blastscope.training.TrainingProgress;
import java.io.PrintWriter;

/** Shows whoever runs a command how far it is, on the error stream; closing it ends the line. */
interface CommandProgress extends TrainingProgress, AutoCloseable {

    /** Bars where people watch, and lines where a file or a pipe takes them down. */
    static CommandProgress on(PrintWriter err) {
        return Terminal.ofErrors() ? new ProgressBars() : new ProgressLines(err);
    }

    @Override
    void close();
}
