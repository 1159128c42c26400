package dev.blastscope.network;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * Threads for long computations beside a service: all other threads go before them.
 *
 * <p>They are those of a fork-join pool, so that the parallel streams of a computation stay among them, too. What
 * others will use, such as a network that serves, must not be made on them: its native threads would come last as well.
 */
public final class BackgroundThreads {

    private BackgroundThreads() {}

    /** As many threads as a forward pass has; the caller shuts them down. */
    public static ForkJoinPool newPool() {
        return new ForkJoinPool(NativeRuntime.threads(), BackgroundThread::new, null, false);
    }

    private static final class BackgroundThread extends ForkJoinWorkerThread {

        BackgroundThread(ForkJoinPool pool) {
            super(pool);
        }

        @Override
        protected void onStart() {
            super.onStart();
            NativeRuntime.yieldToOthers();
        }
    }
}
