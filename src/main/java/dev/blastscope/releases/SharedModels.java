package dev.blastscope.releases;

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
import org.apache.commons.codec.digest.DigestUtils;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The published models in the database, from which each replica fills its own store. */
@Component
class SharedModels {

    private final JdbcClient jdbc;
    private final ReleaseLock head;
    private final Blobs blobs;
    private final ModelStore store;
    private final boolean on;

    SharedModels(
            JdbcClient jdbc,
            ReleaseLock head,
            Blobs blobs,
            ModelStore store,
            JdbcConnectionDetails database,
            ReleaseSettings settings) {
        this.jdbc = jdbc;
        this.head = head;
        this.blobs = blobs;
        this.store = store;
        this.on = settings.sharing().isOn(database);
    }

    boolean areOn() {
        return on;
    }

    /** Whether this store can load a version. */
    boolean isHere(String version) {
        return version.equals(EmbeddedModel.VERSION)
                || store.versions().stream()
                        .anyMatch(stored -> stored.version().toString().equals(version));
    }

    /** Whether this store can load a version, or could if it were brought here. */
    boolean isThere(String version) {
        return isHere(version) || isShared(version);
    }

    /** Brings a version into this store if it is not there and the replicas share it. */
    void bring(String version) throws NoSuchModel, DamagedModel {
        if (!isHere(version) && isShared(version)) {
            fetch(version);
        }
    }

    /** All that were ever shared. */
    List<SharedVersion> all() {
        return jdbc.sql("select * from model_version order by version")
                .query((row, number) -> new SharedVersion(
                        Objects.requireNonNull(row.getString("version")),
                        Objects.requireNonNull(row.getString("digest")),
                        row.getBoolean("deleted")))
                .list();
    }

    Optional<SharedVersion> find(String version) {
        return all().stream().filter(shared -> shared.version().equals(version)).findFirst();
    }

    /**
     * Shares a version of this store, unless one of its name is or was shared.
     *
     * @return false if that is another model
     */
    boolean share(String version) throws Refusal {
        String digest = store.card(version).digest();
        Optional<SharedVersion> before = find(version);
        if (before.isPresent()) {
            return before.get().digest().equals(digest);
        }
        Map<String, byte[]> contents = store.contents(version);
        return head.change(() -> {
            Optional<SharedVersion> faster = find(version);
            if (faster.isEmpty()) {
                insert(version, digest, contents);
            }
            return faster.map(SharedVersion::digest).orElse(digest).equals(digest);
        });
    }

    /**
     * Brings a version that is shared into this store.
     *
     * @throws NoSuchModel if this is no version's name
     * @throws DamagedModel if its bytes in the database are not what was shared
     */
    void fetch(String version) throws NoSuchModel, DamagedModel {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        for (SharedFile file : files(version)) {
            contents.put(file.name(), blobs.get(file.sha256(), file.length()));
        }
        String digest = find(version).map(SharedVersion::digest).orElse("");
        store.receive(version, digest, contents);
    }

    /** Takes a version out of the database but for its name; part of a change of the {@link ReleaseLock}. */
    void delete(String version) {
        jdbc.sql("update model_version set deleted = true where version = :version")
                .param("version", version)
                .update();
        jdbc.sql("delete from model_file where version = :version")
                .param("version", version)
                .update();
        blobs.removeUnused();
    }

    private boolean isShared(String version) {
        return on && find(version).filter(known -> !known.deleted()).isPresent();
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
            blobs.put(sha256, content);
            jdbc.sql(
                            "insert into model_file (version, name, sha256, length) values (:version, :name, :sha256, :length)")
                    .param("version", version)
                    .param("name", name)
                    .param("sha256", sha256)
                    .param("length", content.length)
                    .update();
        });
    }

    /** One file of a version. */
    private record SharedFile(String name, String sha256, int length) {}
}
