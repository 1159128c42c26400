package dev.blastscope.modelstore;

/** The embedded model once more, as a published version that answers the same under another digest. */
public final class EmbeddedCopy {

    private EmbeddedCopy() {}

    /** Publishes it, and returns its version. */
    public static String publish(ModelStore store) throws Exception {
        ModelFiles embedded = EmbeddedModel.open().files();
        return store.publish(version -> new ModelFiles(
                        embedded.backbone(),
                        embedded.heads(),
                        ModelCard.read(embedded.card()).withVersion(version).toJson(),
                        embedded.quantised(),
                        embedded.trainedOn(),
                        embedded.outOfFold(),
                        embedded.earlier(),
                        embedded.cases()))
                .toString();
    }
}
