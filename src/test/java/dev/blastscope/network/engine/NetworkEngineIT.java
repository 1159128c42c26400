package dev.blastscope.network.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.Device;
import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.modelstore.Precision;
import dev.blastscope.network.BackboneWeights;
import dev.blastscope.network.DeviceChoice;
import dev.blastscope.network.FeatureExtractor;
import dev.blastscope.network.FoldedBackbone;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.network.onnx.OnnxBackbone;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NetworkEngineIT {

    @Test
    void autoTakesTheFasterEngineOfTheDevice() throws NoSuchDevice {
        assertThat(Engine.AUTO.on(Device.cpu(), () -> true)).isEqualTo(Engine.ONNX);
        assertThat(Engine.AUTO.on(Device.gpu(), () -> true)).isEqualTo(Engine.PYTORCH);
    }

    @Test
    void autoDoesWithoutOnnxRuntimeWhereItCannotBeLoaded() throws NoSuchDevice {
        assertThat(Engine.AUTO.on(Device.cpu(), () -> false)).isEqualTo(Engine.PYTORCH);
    }

    @Test
    void pyTorchRunsAnywhere() throws NoSuchDevice {
        assertThat(Engine.PYTORCH.on(Device.cpu(), () -> true)).isEqualTo(Engine.PYTORCH);
        assertThat(Engine.PYTORCH.on(Device.gpu(), () -> true)).isEqualTo(Engine.PYTORCH);
    }

    @Test
    void onnxRuntimeIsRefusedOnAGpuWithWhatToSet() throws NoSuchDevice {
        assertThat(Engine.ONNX.on(Device.cpu(), () -> true)).isEqualTo(Engine.ONNX);
        assertThatExceptionOfType(NoSuchDevice.class)
                .isThrownBy(() -> Engine.ONNX.on(Device.gpu(), () -> true))
                .withMessageContaining("blastscope.engine=auto");
    }

    @Test
    void theChosenEngineComputesTheFeatures() throws Exception {
        BackboneWeights weights =
                BackboneWeights.read(EmbeddedModel.open().files().backbone());
        try (FeatureExtractor onnx = new NetworkEngine(DeviceChoice.CPU, Engine.AUTO).extractor(weights);
                FeatureExtractor pytorch = new NetworkEngine(DeviceChoice.CPU, Engine.PYTORCH).extractor(weights)) {
            assertThat(onnx).isInstanceOf(OnnxBackbone.class);
            assertThat(pytorch).isInstanceOf(FoldedBackbone.class);
        }
    }

    @Test
    void eightBitsAreServedByOnnxRuntimeAloneSoThatAGpuIsNotLeftIdle() {
        Set<Precision> both = EnumSet.allOf(Precision.class);
        assertThat(NetworkEngine.fastest(both, PrecisionChoice.AUTO, Engine.ONNX))
                .isEqualTo(Precision.INT8);
        assertThat(NetworkEngine.fastest(both, PrecisionChoice.AUTO, Engine.PYTORCH))
                .as("which runs on a GPU")
                .isEqualTo(Precision.FP32);
        assertThat(NetworkEngine.fastest(both, PrecisionChoice.FP32, Engine.ONNX))
                .isEqualTo(Precision.FP32);
        assertThat(NetworkEngine.fastest(EnumSet.of(Precision.FP32), PrecisionChoice.INT8, Engine.ONNX))
                .isEqualTo(Precision.FP32);
    }

    @Test
    void eightBitsRunWhereverOnnxRuntimeIsNotRuledOut() {
        assertThat(new NetworkEngine(DeviceChoice.AUTO, Engine.AUTO).runsQuantised())
                .isTrue();
        assertThat(new NetworkEngine(DeviceChoice.CPU, Engine.PYTORCH).runsQuantised())
                .isFalse();
        assertThat(new NetworkEngine(DeviceChoice.GPU, Engine.AUTO).runsQuantised())
                .isFalse();
    }
}
