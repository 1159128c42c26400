package dev.blastscope.assembly;

import dev.blastscope.network.DeviceChoice;
import dev.blastscope.network.engine.Engine;
import dev.blastscope.network.engine.Precision;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the whole service shares.
 *
 * @param device where the network runs: auto, cpu or gpu
 * @param engine what runs the network: auto (PyTorch on a GPU, ONNX Runtime on a CPU), pytorch or onnx
 * @param precision the numbers in which the backbone of a newly trained model computes: auto (8 bits where the heads do as
 *     well on them), fp32 or int8. A model in service keeps its own
 * @param backbone a ResNet-50 in torchvision's layout, as a safetensors file, that trainings start from; the embedded one
 *     where it is absent. A model in service keeps the backbone that it was trained with
 */
@ConfigurationProperties("blastscope")
public record BlastscopeSettings(
        @DefaultValue("auto") DeviceChoice device,
        @DefaultValue("auto") Engine engine,
        @DefaultValue("auto") Precision precision,
        @Nullable Path backbone) {}
