package dev.blastscope.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.engine.EngineException;
import dev.blastscope.image.SmearImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FittingBatchTest {

    private final List<SmearImage> images = IntStream.range(0, 5)
            .mapToObj(i -> SmearImage.ofRgb(new byte[] {(byte) i, 0, 0}, 1, 1))
            .toList();

    private final List<Integer> passes = new ArrayList<>();
    private int memory = 100;

    @Test
    void aBatchThatFitsIsOnePass() {
        assertThat(FittingBatch.run(images, this::reds)).containsExactly(0, 1, 2, 3, 4);
        assertThat(passes).containsExactly(5);
    }

    @Test
    void aBatchThatDoesNotFitIsTakenInHalvesInOrder() {
        memory = 3;

        assertThat(FittingBatch.run(images, this::reds)).containsExactly(0, 1, 2, 3, 4);
        assertThat(passes).containsExactly(5, 3, 2);
    }

    @Test
    void halvesThatDoNotFitEitherFail() {
        memory = 2;

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> FittingBatch.run(images, this::reds))
                .withMessageContaining("out of memory");
        assertThat(passes).containsExactly(5, 3);
    }

    @Test
    void anotherFailureIsNotTriedAgain() {
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> FittingBatch.run(images, batch -> {
                    passes.add(batch.size());
                    throw new EngineException("device-side assert triggered");
                }));
        assertThat(passes).containsExactly(5);
    }

    private List<Integer> reds(List<SmearImage> batch) {
        passes.add(batch.size());
        if (batch.size() > memory) {
            throw new EngineException("CUDA out of memory. Tried to allocate 2.00 GiB");
        }
        return batch.stream().map(image -> (int) image.rgb()[0]).toList();
    }
}
