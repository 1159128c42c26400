package dev.blastscope.modelstore;

/** The model that the service is shipped with, for as long as no other one is active. */
public final class EmbeddedModel {

    /** The embedded model's version, which no published model can have. */
    public static final String VERSION = "embedded";

    private EmbeddedModel() {}

    /** Reads and verifies the embedded model. */
    public static StoredModel open() throws DamagedModel {
        return open("/model/");
    }

    /** Reads and verifies the embedded model's card alone. */
    public static StoredCard card() throws DamagedModel {
        return ModelReader.readCard(new ResourceSource("/model/"));
    }

    static StoredModel open(String root) throws DamagedModel {
        return ModelReader.read(new ResourceSource(root));
    }
}
