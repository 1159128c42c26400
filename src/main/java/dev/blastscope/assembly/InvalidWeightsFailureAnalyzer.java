package dev.blastscope.assembly;

import dev.blastscope.safetensors.InvalidWeights;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains an invalid backbone at the start of the service instead of printing a stack trace. */
final class InvalidWeightsFailureAnalyzer extends AbstractFailureAnalyzer<InvalidWeights> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidWeights cause) {
        return new FailureAnalysis(
                "The file of blastscope.backbone cannot be used. " + cause.getMessage(),
                "Name a ResNet-50 in torchvision's layout, saved as safetensors, or remove blastscope.backbone to start from"
                        + " the embedded backbone.",
                cause);
    }
}
