package dev.blastscope.assembly;

import dev.blastscope.network.DeviceChoice;
import dev.blastscope.network.engine.Engine;
import dev.blastscope.network.engine.PrecisionChoice;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the whole service.
 *
 * @param device device that runs the network: auto, cpu or gpu
 * @param engine library that runs the network: auto (PyTorch on a GPU, ONNX Runtime on a CPU), pytorch or onnx
 * @param precision precision of the backbone: auto (new models in fp32, and in int8 too where they are as good with it;
 *     served in the fastest that a model has and the engine runs), fp32 (nothing in int8), or int8 (new models in int8
 *     too, even if they are worse with it)
 * @param backbone safetensors file with a ResNet-50 in torchvision's layout that trainings start from; the embedded
 *     backbone if absent. An existing model keeps the backbone that it was trained with
 */
@ConfigurationProperties("blastscope")
public record BlastscopeSettings(
        @DefaultValue("auto") DeviceChoice device,
        @DefaultValue("auto") Engine engine,
        @DefaultValue("auto") PrecisionChoice precision,
        @Nullable Path backbone) {}
