package dev.blastscope.safetensors;

import dev.blastscope.refusal.UntrustedText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Weights in the safetensors format, validated in full before anything is made of them.
 *
 * <p>Immutable and safe to share, as long as nobody changes the array that it was parsed from: weights are large, so
 * they are not copied. The format: <a href="https://github.com/huggingface/safetensors#format">safetensors</a>.
 */
public final class Safetensors {

    private final byte[] file;
    private final SafetensorsHeader header;

    private Safetensors(byte[] file, SafetensorsHeader header) {
        this.file = file;
        this.header = header;
    }

    /**
     * Reads and validates the header; values are converted by {@link #floats}.
     *
     * @throws InvalidWeights if the file breaks any rule of the format, whatever its bytes
     */
    public static Safetensors parse(byte[] file) throws InvalidWeights {
        return new Safetensors(file, SafetensorsHeader.parse(file));
    }

    /**
     * The bytes of an F32 file with the tensors in the order of their names; equal input gives equal bytes.
     *
     * @throws IllegalArgumentException if a value is NaN or infinite, or a tensor is called {@code __metadata__}
     */
    public static byte[] write(Map<String, Tensor> tensors, Map<String, String> metadata) {
        return SafetensorsWriter.write(tensors, metadata);
    }

    /** The tensors' names, sorted. */
    public Set<String> names() {
        return header.tensors().keySet();
    }

    /** What the writer of the file noted in it; untrusted text. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /** The tensor's dimensions, outermost first; empty for a scalar. */
    public long[] shape(String name) {
        return entry(name).dimensions();
    }

    /**
     * The tensor's values in row-major order, widened to 32 bits where they are F16 or BF16.
     *
     * @throws InvalidWeights if the type is another one, or a value is NaN or infinite
     */
    public float[] floats(String name) throws InvalidWeights {
        SafetensorsHeader.Entry entry = entry(name);
        if (!entry.type().isReadable()) {
            throw InvalidWeights.ofTensor(name, "is " + entry.type() + ", and weights must be F32, F16 or BF16");
        }
        float[] values = entry.type().floats(bytes(entry));
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw InvalidWeights.ofTensor(
                        name,
                        "must have finite values, but value %d of %d is %s".formatted(i + 1, values.length, values[i]));
            }
        }
        return values;
    }

    /**
     * Checks that the file holds a network's tensors and nothing else.
     *
     * @param expected the shape of every tensor that the network needs, by name
     * @param ignored which other names may be in the file
     * @throws InvalidWeights naming the missing, unexpected, misshapen and mistyped tensors
     */
    public void fit(Map<String, long[]> expected, Predicate<String> ignored) throws InvalidWeights {
        Optional<String> misfit = Fit.of(header.tensors(), expected, ignored).describe();
        if (misfit.isPresent()) {
            throw new InvalidWeights(misfit.get());
        }
    }

    private SafetensorsHeader.Entry entry(String name) {
        SafetensorsHeader.Entry entry = header.tensors().get(name);
        if (entry == null) {
            throw new IllegalArgumentException("There is no tensor " + UntrustedText.quoted(name) + " in the file");
        }
        return entry;
    }

    private ByteBuffer bytes(SafetensorsHeader.Entry entry) {
        int start = header.bodyStart() + (int) entry.begin();
        int length = (int) (entry.end() - entry.begin());
        return ByteBuffer.wrap(file, start, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** How the tensors of a file differ from those that a network needs. */
    private record Fit(List<String> missing, List<String> unexpected, List<String> misshapen, List<String> mistyped) {

        private static final int NAMED = 8;

        static Fit of(
                Map<String, SafetensorsHeader.Entry> tensors, Map<String, long[]> expected, Predicate<String> ignored) {
            Fit fit = new Fit(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            new TreeMap<>(expected).forEach((name, shape) -> fit.compare(name, tensors.get(name), shape));
            tensors.keySet().stream()
                    .filter(name -> !expected.containsKey(name) && !ignored.test(name))
                    .map(UntrustedText::quoted)
                    .forEach(fit.unexpected::add);
            return fit;
        }

        private void compare(String name, SafetensorsHeader.@Nullable Entry found, long[] shape) {
            if (found == null) {
                missing.add(UntrustedText.quoted(name));
                return;
            }
            if (!Arrays.equals(found.dimensions(), shape)) {
                misshapen.add("%s is %s, not %s"
                        .formatted(UntrustedText.quoted(name), found.shape(), Arrays.toString(shape)));
            }
            if (!found.type().isReadable()) {
                mistyped.add("%s is %s".formatted(UntrustedText.quoted(name), found.type()));
            }
        }

        /** One sentence that names the differences; empty when there are none. */
        Optional<String> describe() {
            List<String> kinds = new ArrayList<>();
            describe("missing", missing, kinds);
            describe("not part of the network", unexpected, kinds);
            describe("of another shape", misshapen, kinds);
            describe("not F32, F16 or BF16", mistyped, kinds);
            return kinds.isEmpty()
                    ? Optional.empty()
                    : Optional.of("The weights do not fit the network. " + String.join(" ", kinds));
        }

        private static void describe(String kind, List<String> tensors, List<String> kinds) {
            if (tensors.isEmpty()) {
                return;
            }
            String named = String.join(", ", tensors.subList(0, Math.min(NAMED, tensors.size())));
            String more = tensors.size() > NAMED ? " and " + (tensors.size() - NAMED) + " more" : "";
            kinds.add("Tensors " + kind + ": " + named + more + ".");
        }
    }
}
