package dev.blastscope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.loss.Loss;
import dev.blastscope.network.MultitaskHeads;
import dev.blastscope.network.NativeRuntime;
import org.junit.jupiter.api.Test;

class L2SpLossIT {

    private static final float STRENGTH = 0.5f;
    private static final Loss BASE = Loss.l2Loss();

    @Test
    void addsHalfTheStrengthTimesTheSquaredWayFromTheStart() {
        try (NDManager manager = NativeRuntime.newManager(Device.cpu())) {
            MultitaskHeads heads = new MultitaskHeads(manager, Heads.embedded());
            L2SpLoss loss = new L2SpLoss(BASE, STRENGTH, heads, manager);
            NDList targets = new NDList(manager.create(new float[] {1, 2}));
            NDList logits = new NDList(manager.create(new float[] {3, 2}));
            float base = BASE.evaluate(targets, logits).getFloat();

            assertThat(loss.evaluate(targets, logits).getFloat()).isEqualTo(base);

            double squares = 0;
            for (Parameter parameter : heads.getParameters().values()) {
                parameter.getArray().addi(0.25f);
                squares += 0.0625 * parameter.getArray().size();
            }
            assertThat(squares).isGreaterThan(2 * 2048 * 256 * 0.0625);
            assertThat((double) loss.evaluate(targets, logits).getFloat())
                    .isCloseTo(base + STRENGTH / 2 * squares, within(1e-3 * squares));
        }
    }
}
