package dev.blastscope.safetensors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How the tensors of a file differ from those that a network needs. */
record Fit(List<String> missing, List<String> unexpected, List<String> misshapen, List<String> mistyped) {

    private static final int NAMED = 8;

    static Fit of(Map<String, TensorEntry> tensors, Map<String, long[]> expected, Predicate<String> ignored) {
        Fit fit = new Fit(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        new TreeMap<>(expected).forEach((name, shape) -> fit.compare(name, tensors.get(name), shape));
        tensors.keySet().stream()
                .filter(name -> !expected.containsKey(name) && !ignored.test(name))
                .map(UntrustedText::quoted)
                .forEach(fit.unexpected::add);
        return fit;
    }

    private void compare(String name, @Nullable TensorEntry found, long[] shape) {
        if (found == null) {
            missing.add(UntrustedText.quoted(name));
            return;
        }
        if (!Arrays.equals(found.dimensions(), shape)) {
            misshapen.add(
                    "%s is %s, not %s".formatted(UntrustedText.quoted(name), found.shape(), Arrays.toString(shape)));
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
