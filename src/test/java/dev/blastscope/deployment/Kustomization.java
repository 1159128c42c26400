package dev.blastscope.deployment;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A {@code kustomization.yaml}: the fields that this project uses, and no others.
 *
 * @param folder where it lies
 */
record Kustomization(Path folder, Content content) {

    static final String FILE = "kustomization.yaml";

    /** What it says. */
    record Content(
            String apiVersion,
            String kind,
            @Nullable String namespace,
            List<String> resources,
            List<String> components,
            List<Patch> patches,
            List<Image> images,
            List<Generator> configMapGenerator) {}

    /** A file that is merged into the object of the same kind and name, or into all that its target names. */
    record Patch(String path, @Nullable Target target) {}

    /** Every object of this kind, instead of the one that the patch names. */
    record Target(String kind) {}

    /** What takes an image's place. */
    record Image(String name, String newName, String newTag) {}

    /** Files that become a config map. */
    record Generator(
            String name,
            @Nullable String behavior,
            List<String> envs,
            List<String> files,
            Map<String, Object> options) {

        Stream<String> sources() {
            return Stream.concat(envs.stream(), files.stream());
        }
    }

    static Kustomization in(Path folder) {
        return new Kustomization(
                folder.normalize(), KubernetesModel.document(text(folder.resolve(FILE)), Content.class));
    }

    /** Itself, and all that it is made of, at any depth. */
    Stream<Kustomization> parts() {
        Stream<Kustomization> parts =
                entries().filter(Files::isDirectory).map(Kustomization::in).flatMap(Kustomization::parts);
        return Stream.concat(Stream.of(this), parts);
    }

    /** All files and folders that it names. */
    Stream<Path> entries() {
        return Stream.of(
                        content.resources.stream(),
                        content.components.stream(),
                        content.patches.stream().map(Patch::path),
                        content.configMapGenerator.stream().flatMap(Generator::sources))
                .flatMap(names -> names)
                .map(name -> folder.resolve(name).normalize());
    }

    /** The objects in its files as they are written, and its config maps. */
    Stream<HasMetadata> written() {
        Stream<HasMetadata> files = content.resources.stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .flatMap(file -> KubernetesModel.objects(text(file)).stream());
        return Stream.concat(files, content.configMapGenerator.stream().map(this::generated));
    }

    private ConfigMap generated(Generator generator) {
        Map<String, String> data = new TreeMap<>();
        generator.envs.stream()
                .flatMap(file -> text(folder.resolve(file)).lines())
                .map(line -> line.split("=", 2))
                .forEach(pair -> data.put(pair[0], pair[1]));
        generator.files.forEach(file -> data.put(file, text(folder.resolve(file))));
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(generator.name)
                .endMetadata()
                .withData(data)
                .build();
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
