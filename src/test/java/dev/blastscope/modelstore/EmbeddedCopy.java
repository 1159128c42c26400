package dev.blastscope.modelstore;

import java.util.EnumMap;
import java.util.Map;

/** The embedded model once more, as a published version that answers the same under another digest. */
public final class EmbeddedCopy {

    private EmbeddedCopy() {}

    /** Publishes it, and returns its version. */
    public static String publish(ModelStore store) throws Exception {
        Map<Precision, ModelStore.Rendition> embedded = EmbeddedModel.open().renditions();
        return store.publish(version -> {
                    Map<Precision, ModelFiles> files = new EnumMap<>(Precision.class);
                    embedded.forEach((precision, rendition) -> files.put(precision, named(version, rendition.files())));
                    return files;
                })
                .toString();
    }

    private static ModelFiles named(String version, ModelFiles files) {
        return new ModelFiles(
                files.backbone(),
                files.heads(),
                ModelCard.read(files.card()).withVersion(version).toJson(),
                files.ranges(),
                files.trainedOn(),
                files.outOfFold(),
                files.earlier(),
                files.cases());
    }
}
