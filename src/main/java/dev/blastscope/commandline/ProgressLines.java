package dev.blastscope.commandline;

import java.io.PrintWriter;

/** A line when a stage begins, and one for each tenth of it. */
final class ProgressLines implements CommandProgress {

    private static final int LINES = 10;

    private final PrintWriter lines;
    private String stage = "";
    private long total;
    private long shown;

    ProgressLines(PrintWriter lines) {
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
