package dev.blastscope.safetensors;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Checks that the tensors of a header fill the bytes behind it, each byte once. */
final class TensorLayout {

    private TensorLayout() {}

    static void check(Collection<TensorEntry> tensors, long available) throws InvalidWeights {
        for (TensorEntry tensor : tensors) {
            checkSize(tensor, available);
        }
        checkOrder(tensors, available);
    }

    private static void checkSize(TensorEntry tensor, long available) throws InvalidWeights {
        long begin = tensor.begin();
        long end = tensor.end();
        if (begin > end) {
            throw InvalidWeights.ofTensor(
                    tensor.name(), "ends at byte %d, before it begins at %d".formatted(end, begin));
        }
        if (end > available) {
            throw InvalidWeights.ofTensor(
                    tensor.name(), "ends at byte %d, but only %d bytes follow the header".formatted(end, available));
        }
        if (end - begin != tensor.size()) {
            throw InvalidWeights.ofTensor(
                    tensor.name(),
                    "has %d bytes from %d to %d, but %s %s needs %d"
                            .formatted(end - begin, begin, end, tensor.type(), tensor.shape(), tensor.size()));
        }
    }

    private static void checkOrder(Collection<TensorEntry> tensors, long available) throws InvalidWeights {
        List<TensorEntry> inOrder = tensors.stream()
                .sorted(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end))
                .toList();
        long filled = 0;
        for (TensorEntry tensor : inOrder) {
            if (tensor.begin() < filled) {
                throw InvalidWeights.ofTensor(
                        tensor.name(),
                        "overlaps another: it begins at byte %d, and the one before it ends at %d"
                                .formatted(tensor.begin(), filled));
            }
            if (tensor.begin() > filled) {
                throw InvalidWeights.ofTensor(
                        tensor.name(),
                        "leaves a hole: it begins at byte %d, and the one before it ends at %d"
                                .formatted(tensor.begin(), filled));
            }
            filled = tensor.end();
        }
        if (filled < available) {
            throw new InvalidWeights(
                    "The tensors end at byte %d, but %d bytes follow the header: the %d at the end belong to no tensor."
                            .formatted(filled, available, available - filled));
        }
    }
}
