package dev.blastscope.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceChoiceTest {

    @ParameterizedTest
    @CsvSource({"AUTO, 0, cpu", "AUTO, 1, gpu", "AUTO, 4, gpu", "CPU, 0, cpu", "CPU, 1, cpu", "GPU, 1, gpu"})
    void meansADeviceThatIsThere(DeviceChoice choice, int gpus, String type) throws NoSuchDevice {
        Device device = choice.device(gpus);

        assertThat(device).isEqualTo(type.equals("gpu") ? Device.gpu(0) : Device.cpu());
    }

    @Test
    void aGpuThatIsMissingIsRefusedWithTheWayOut() {
        assertThatThrownBy(() -> DeviceChoice.GPU.device(0))
                .isInstanceOf(NoSuchDevice.class)
                .hasMessageContaining("PYTORCH_LIBRARY_PATH")
                .hasMessageContaining("blastscope.device=auto");
    }

    @Test
    void theCpuIsAlwaysThere() throws NoSuchDevice {
        assertThat(DeviceChoice.CPU.device()).isEqualTo(Device.cpu());
    }
}
