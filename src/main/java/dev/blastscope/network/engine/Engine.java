package dev.blastscope.network.engine;

import ai.djl.Device;
import dev.blastscope.network.NoSuchDevice;
import java.util.function.BooleanSupplier;

/** The library that runs the network; in fp32 both give the same features to 1e-5. */
public enum Engine {
    /** PyTorch on a GPU, ONNX Runtime on a CPU; PyTorch too where ONNX Runtime has no library for the platform. */
    AUTO,
    PYTORCH,
    /** ONNX Runtime, which is faster than PyTorch on a CPU and is not built for a GPU here. */
    ONNX;

    /**
     * The engine that this choice means on a device.
     *
     * @param onnxLoads whether ONNX Runtime can be loaded; asked only where that decides
     * @throws NoSuchDevice if ONNX Runtime is asked for on a GPU
     */
    Engine on(Device device, BooleanSupplier onnxLoads) throws NoSuchDevice {
        if (this == ONNX && device.isGpu()) {
            throw new NoSuchDevice("blastscope.engine=onnx runs on the CPU only. Set blastscope.device=cpu, or"
                    + " blastscope.engine=auto to use the GPU.");
        }
        if (this == AUTO) {
            return device.isGpu() || !onnxLoads.getAsBoolean() ? PYTORCH : ONNX;
        }
        return this;
    }
}
