package dev.blastscope.commandline;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar for each stage of a training, with the time left, on the terminal. */
final class ProgressBars implements CommandProgress {

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
