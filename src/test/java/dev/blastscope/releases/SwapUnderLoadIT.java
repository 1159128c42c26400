package dev.blastscope.releases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.Smears;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers that never stop asking while versions take each other's place. */
class SwapUnderLoadIT {

    private static final int CALLERS = 4;
    private static final int SWAPS = 10;

    /** On a machine that is busy with something else too, a full queue would be a refusal that no swap has caused. */
    private static final String PATIENT = "--blastscope.batching.longest-wait=1m";

    @Test
    void noRequestIsLostAndEachIsAnsweredByOneOfTheVersions(@TempDir Path home) throws Exception {
        try (Service service = Service.start(home, PATIENT).whenReady()) {
            List<String> versions = List.of(service.publish(), service.publish());
            service.releases().activate(versions.get(0), "");
            Map<String, Integer> answers = new ConcurrentHashMap<>();
            CountDownLatch answered = new CountDownLatch(CALLERS);
            CountDownLatch enough = new CountDownLatch(1);
            ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                byte[] image = Smears.jpeg(Smears.preB(i));
                calls.add(callers.submit(() -> {
                    do {
                        answers.merge(service.diagnose(image).model().version(), 1, Integer::sum);
                        answered.countDown();
                    } while (enough.getCount() > 0);
                    return null;
                }));
            }
            answered.await();

            for (int i = 1; i <= SWAPS; i++) {
                service.releases().activate(versions.get(i % 2), "swap " + i);
            }
            enough.countDown();
            for (Future<?> call : calls) {
                call.get();
            }
            callers.shutdown();

            assertThat(answers.keySet()).containsExactlyInAnyOrderElementsOf(versions);
            assertThat(service.releases().newest(100)).hasSize(SWAPS + 1);
        }
    }
}
