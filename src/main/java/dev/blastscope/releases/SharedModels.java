package dev.blastscope.releases;

import dev.blastscope.database.Chunks;
import dev.blastscope.modelstore.DamagedModel;
import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.modelstore.NoSuchModel;
import dev.blastscope.refusal.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The published models in the database, from which each replica fills its own store.
 *
 * <p>Where replicas share nothing, there are none, and to share or to delete one does nothing.
 */
@Component
class SharedModels {

    private final JdbcClient jdbc;
    private final Chunks chunks;
    private final ReleaseLock lock;
    private final ModelStore store;
    private final boolean on;

    SharedModels(
            JdbcClient jdbc,
            ReleaseLock lock,
            ModelStore store,
            JdbcConnectionDetails database,
            ReleaseSettings settings) {
        this.jdbc = jdbc;
        this.chunks = new Chunks(jdbc, "model_chunk");
        this.lock = lock;
        this.store = store;
        this.on = settings.sharing().isOn(database);
    }

    boolean areOn() {
        return on;
    }

    /** Whether this store can load a version, or could once it is fetched. */
    boolean exists(String version) {
        return store.has(version) || isShared(version);
    }

    /** The published versions in this store, and those that the replicas share. */
    Stream<String> published() {
        Stream<String> here = store.versions().stream().map(ModelStore.StoredVersion::version);
        Stream<String> elsewhere =
                all().stream().filter(shared -> !shared.deleted()).map(SharedVersion::version);
        return Stream.concat(here, elsewhere).distinct();
    }

    /** Brings a version into this store if it is not there and the replicas share it. */
    void bring(String version) throws NoSuchModel, DamagedModel {
        if (!store.has(version) && isShared(version)) {
            fetch(version);
        }
    }

    /** All that were ever shared. */
    List<SharedVersion> all() {
        return on
                ? jdbc.sql("select * from model_version order by version")
                        .query((row, number) -> new SharedVersion(
                                Objects.requireNonNull(row.getString("version")),
                                Objects.requireNonNull(row.getString("digest")),
                                row.getBoolean("deleted")))
                        .list()
                : List.of();
    }

    /**
     * Shares a published version of this store, unless one of its name is or was shared.
     *
     * @return false if that is a different model
     */
    boolean share(String version) throws Refusal {
        if (!on || EmbeddedModel.isEmbedded(version)) {
            return true;
        }
        String digest = store.card(version).digest();
        Optional<SharedVersion> before = find(version);
        if (before.isPresent()) {
            return before.get().digest().equals(digest);
        }
        Map<String, byte[]> contents = store.contents(version);
        return lock.change(() -> {
            Optional<SharedVersion> faster = find(version);
            if (faster.isEmpty()) {
                insert(version, digest, contents);
            }
            return faster.map(SharedVersion::digest).orElse(digest).equals(digest);
        });
    }

    /**
     * Checks that a version is what the replicas share, where they do.
     *
     * @throws ReleaseRefused if it was deleted, or its name is that of a different model
     */
    void requireShared(String version, String digest) throws ReleaseRefused {
        if (!on || EmbeddedModel.isEmbedded(version)) {
            return;
        }
        SharedVersion shared =
                find(version).filter(known -> !known.deleted()).orElseThrow(() -> ReleaseRefused.modelDeleted(version));
        if (!shared.digest().equals(digest)) {
            throw ReleaseRefused.versionTaken(version);
        }
    }

    /**
     * Brings a version that is shared into this store.
     *
     * @throws NoSuchModel if this is not the name of a version
     * @throws DamagedModel if its bytes in the database are not what was shared
     */
    void fetch(String version) throws NoSuchModel, DamagedModel {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        for (SharedFile file : files(version)) {
            contents.put(file.name(), chunks.all(file.sha256(), file.length()));
        }
        String digest = find(version).map(SharedVersion::digest).orElse("");
        store.receive(version, digest, contents);
    }

    /** Deletes a version from the database, except its name; part of a change of the {@link ReleaseLock}. */
    void delete(String version) {
        if (!on) {
            return;
        }
        jdbc.sql("update model_version set deleted = true where version = :version")
                .param("version", version)
                .update();
        jdbc.sql("delete from model_file where version = :version")
                .param("version", version)
                .update();
        jdbc.sql("delete from model_chunk where owner not in (select sha256 from model_file)")
                .update();
    }

    private Optional<SharedVersion> find(String version) {
        return all().stream().filter(shared -> shared.version().equals(version)).findFirst();
    }

    private boolean isShared(String version) {
        return find(version).filter(known -> !known.deleted()).isPresent();
    }

    private List<SharedFile> files(String version) {
        return jdbc.sql("select name, sha256, length from model_file where version = :version")
                .param("version", version)
                .query((row, number) -> new SharedFile(
                        Objects.requireNonNull(row.getString("name")),
                        Objects.requireNonNull(row.getString("sha256")),
                        row.getInt("length")))
                .list();
    }

    private void insert(String version, String digest, Map<String, byte[]> contents) {
        jdbc.sql("insert into model_version (version, digest, deleted) values (:version, :digest, false)")
                .param("version", version)
                .param("digest", digest)
                .update();
        contents.forEach((name, content) -> {
            String sha256 = DigestUtils.sha256Hex(content);
            chunks.addAll(sha256, content);
            jdbc.sql("insert into model_file (version, name, sha256, length)"
                            + " values (:version, :name, :sha256, :length)")
                    .param("version", version)
                    .param("name", name)
                    .param("sha256", sha256)
                    .param("length", content.length)
                    .update();
        });
    }

    /** A version that the replicas share, or shared until it was deleted. */
    record SharedVersion(String version, String digest, boolean deleted) {}

    /** One file of a version. */
    private record SharedFile(String name, String sha256, int length) {}
}
