package dev.blastscope.inference;

import dev.blastscope.refusal.Refusal;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The one thread that makes models.
 *
 * <p>glibc gives threads memory of their own and keeps what they free for them: models made on the threads of requests would
 * leave the memory of a model behind in each, gigabytes after some swaps.
 */
final class LoadingThread {

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "model-maker");
        made.setDaemon(true);
        return made;
    });

    /** Makes a model there, and waits for it. */
    ServingModel make(Callable<ServingModel> model) throws Refusal, InterruptedException {
        try {
            return thread.submit(model).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Refusal refusal) {
                throw refusal;
            }
            throw new IllegalStateException("A model could not be made", e.getCause());
        }
    }
}
