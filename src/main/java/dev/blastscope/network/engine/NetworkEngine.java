package dev.blastscope.network.engine;

import ai.djl.Device;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelFiles;
import dev.blastscope.modelstore.ModelStore.Rendition;
import dev.blastscope.modelstore.ModelStore.StoredModel;
import dev.blastscope.modelstore.Precision;
import dev.blastscope.network.BackboneWeights;
import dev.blastscope.network.DeviceChoice;
import dev.blastscope.network.FeatureExtractor;
import dev.blastscope.network.FoldedBackbone;
import dev.blastscope.network.FoldedNetwork;
import dev.blastscope.network.HeadWeights;
import dev.blastscope.network.NativeRuntime;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.network.ServingNetwork;
import dev.blastscope.network.onnx.NetworkFile;
import dev.blastscope.network.onnx.OnnxBackbone;
import dev.blastscope.network.onnx.OnnxNetwork;
import dev.blastscope.network.onnx.QuantisedBackbone;
import dev.blastscope.safetensors.InvalidWeights;
import java.util.Objects;
import java.util.Set;

/**
 * Loads networks with the engine, on the device and in the precision that the settings choose.
 *
 * <p>Every method throws {@link NoSuchDevice} if this machine does not have what the settings choose.
 */
public record NetworkEngine(DeviceChoice deviceChoice, Engine choice, PrecisionChoice precision) {

    /** In whatever precision is fastest. */
    public NetworkEngine(DeviceChoice deviceChoice, Engine choice) {
        this(deviceChoice, choice, PrecisionChoice.AUTO);
    }

    /** Where PyTorch runs; asking loads PyTorch only where there may be a GPU. */
    public Device device() throws NoSuchDevice {
        return deviceChoice.device();
    }

    /** {@link Engine#PYTORCH} or {@link Engine#ONNX}. */
    public Engine engine() throws NoSuchDevice {
        return choice.on(device(), OnnxBackbone::runtimeLoads);
    }

    /** Engine and device in words. */
    public String describe() throws NoSuchDevice {
        return engine() == Engine.ONNX
                ? "cpu, ONNX Runtime " + OnnxBackbone.runtimeVersion()
                : device().getDeviceType() + ", PyTorch " + NativeRuntime.version() + remark();
    }

    public FeatureExtractor extractor(BackboneWeights backbone) throws NoSuchDevice {
        return engine() == Engine.ONNX ? new OnnxBackbone(backbone) : new FoldedBackbone(backbone, device());
    }

    public FeatureExtractor extractor(QuantisedBackbone backbone) throws NoSuchDevice {
        requireQuantised();
        return new OnnxBackbone(backbone);
    }

    /**
     * The precision in which this machine runs a model: int8 where the model has it, ONNX Runtime runs networks here
     * and the settings do not ask for fp32.
     *
     * @param offered those that the model has
     */
    public Precision fastest(Set<Precision> offered) throws NoSuchDevice {
        return fastest(offered, precision, engine());
    }

    static Precision fastest(Set<Precision> offered, PrecisionChoice choice, Engine engine) {
        return offered.contains(Precision.INT8) && choice != PrecisionChoice.FP32 && engine == Engine.ONNX
                ? Precision.INT8
                : Precision.FP32;
    }

    /** The rendition of a model that this machine runs. */
    public Rendition rendition(StoredModel model) throws NoSuchDevice {
        return Objects.requireNonNull(
                model.renditions().get(fastest(model.renditions().keySet())));
    }

    /**
     * The network of a model, in the numbers that its heads know.
     *
     * @throws InvalidWeights if the model's files do not make a network; the message says why
     */
    public ServingNetwork network(ModelFiles files, ModelCard card) throws InvalidWeights, NoSuchDevice {
        if (QuantisedBackbone.of(files, card).isPresent()) {
            requireQuantised();
        } else if (engine() == Engine.PYTORCH) {
            return new FoldedNetwork(BackboneWeights.read(files.backbone()), HeadWeights.read(files.heads()), device());
        }
        return new OnnxNetwork(NetworkFile.of(files, card));
    }

    /** Whether an int8 network can run: it needs ONNX Runtime, which {@code auto} selects for it on any machine. */
    public boolean runsQuantised() {
        return choice != Engine.PYTORCH && deviceChoice != DeviceChoice.GPU && OnnxBackbone.runtimeLoads();
    }

    private String remark() throws NoSuchDevice {
        if (device().isGpu()) {
            return "";
        }
        String slow = NativeRuntime.isHeldToAvx()
                ? " (held to AVX and slow: this machine hides the caches of its CPU, where PyTorch's code for AVX2 crashes)"
                : "";
        return slow
                + (choice == Engine.AUTO
                        ? " (ONNX Runtime, which is faster on a CPU, cannot be loaded here: set blastscope.engine=onnx to see why)"
                        : "");
    }

    private void requireQuantised() throws NoSuchDevice {
        if (!runsQuantised()) {
            throw new NoSuchDevice("An int8 network runs on ONNX Runtime and on the CPU only. Set"
                    + " blastscope.engine=auto and blastscope.device=auto, or use an fp32 model.");
        }
    }
}
