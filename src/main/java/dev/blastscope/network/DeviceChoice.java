package dev.blastscope.network;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;

/** Where the network runs. */
public enum DeviceChoice {
    /** The first GPU where there is one, else the CPU. */
    AUTO,
    CPU,
    GPU;

    /**
     * The device that this choice means on this machine.
     *
     * @throws NoSuchDevice if a GPU is asked for and there is none that PyTorch can use
     */
    public Device device() throws NoSuchDevice {
        // Where there is no CUDA device there is no need to load PyTorch, which takes a second and 300 MB, to ask it.
        boolean none = this == CPU || CudaUtils.getGpuCount() == 0;
        return device(none ? 0 : NativeRuntime.engine().getGpuCount());
    }

    Device device(int gpus) throws NoSuchDevice {
        if (this == GPU && gpus == 0) {
            throw new NoSuchDevice("blastscope.device=gpu, but PyTorch finds no GPU here. Install the NVIDIA driver"
                    + " and a CUDA build of libtorch (PYTORCH_LIBRARY_PATH), or set blastscope.device=auto.");
        }
        return this == CPU || gpus == 0 ? Device.cpu() : Device.gpu();
    }
}
