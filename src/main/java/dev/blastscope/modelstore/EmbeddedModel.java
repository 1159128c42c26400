package dev.blastscope.modelstore;

import dev.blastscope.modelstore.ModelStore.StoredCard;
import dev.blastscope.modelstore.ModelStore.StoredModel;
import java.util.Optional;

/**
 * The model that is part of the program, active until another one is.
 *
 * <p>Each program has its own: replicas of different builds may hold different ones under this version, so that it is
 * neither shared between them nor compared by its digest; and it cannot be deleted.
 */
public final class EmbeddedModel {

    /** The embedded model's version, which no published model can have. */
    public static final String VERSION = "embedded";

    private EmbeddedModel() {}

    /** Whether a version is the program's own, and none that was published. */
    public static boolean isEmbedded(String version) {
        return version.equals(VERSION);
    }

    /** Reads and verifies the embedded model. */
    public static StoredModel open() throws DamagedModel {
        return open("/model/");
    }

    static StoredModel open(String root) throws DamagedModel {
        return ModelReader.read(new ModelSource.ClassPath(root));
    }

    static Optional<OutOfFoldAnswers> outOfFold(Precision precision) throws DamagedModel {
        return ModelReader.readOutOfFold(new ModelSource.ClassPath("/model/"), precision);
    }

    /** Reads and verifies the embedded model's card alone. */
    public static StoredCard card() throws DamagedModel {
        return ModelReader.readCard(new ModelSource.ClassPath("/model/"));
    }
}
