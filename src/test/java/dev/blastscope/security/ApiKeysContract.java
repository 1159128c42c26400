package dev.blastscope.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.security.ApiKeys.ApiKey;
import dev.blastscope.security.ApiKeys.Deletion;
import dev.blastscope.security.ApiKeys.IssuedKey;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.DefaultApplicationArguments;

/** What keys do on every database. */
abstract class ApiKeysContract {

    private static final Duration GRACE = Duration.ofMinutes(10);

    private KeyDatabase database;
    private ApiKeys keys;

    abstract KeyDatabase open();

    @BeforeEach
    void prepare() {
        database = open();
        keys = keysAt(Duration.ZERO);
    }

    @Test
    void aKeyIsFoundByItsSecretAlone() {
        IssuedKey issued = create("ward-7", Role.PREDICT);
        create("ward-8", Role.ADMIN);

        assertThat(keys.of(issued.secret())).contains(issued.key());
        assertThat(keys.of(Secret.of(issued.key().id()).text())).isEmpty();
        assertThat(keys.of(Secret.random().text())).isEmpty();
        assertThat(keys.of("password")).isEmpty();
    }

    @Test
    void theDatabaseHoldsNoSecret() {
        IssuedKey issued = create("ward-7", Role.PREDICT);

        String row = database.client()
                .sql("select * from api_key")
                .query()
                .singleRow()
                .toString();

        assertThat(row)
                .contains(issued.key().id())
                .doesNotContain(issued.secret().substring(17));
    }

    @Test
    void aNameIsTakenOnce() {
        create("ward-7", Role.PREDICT);

        assertThat(keys.create("ward-7", Role.ADMIN)).isEmpty();
        assertThat(keys.all()).extracting(ApiKey::name).containsExactly("ward-7");
    }

    @Test
    void aRotatedKeyHasANewSecretAndTheOldOneWorksForAsLongAsAllowed() {
        IssuedKey old = create("ward-7", Role.PREDICT);

        IssuedKey present = keys.rotate(old.key().id()).orElseThrow();

        assertThat(present.key().name()).isEqualTo("ward-7");
        assertThat(keysAt(Duration.ZERO).of(present.secret())).isPresent();
        assertThat(keysAt(GRACE.minusMillis(1)).of(old.secret())).isPresent();
        assertThat(keysAt(GRACE).of(old.secret())).isEmpty();
        assertThat(keysAt(GRACE).of(present.secret())).isPresent();
    }

    @Test
    void withoutGraceTheOldSecretStopsAtOnce() {
        ApiKeys strict = database.keys(Duration.ZERO, Clock.fixed(Keys.NOW, ZoneOffset.UTC));
        IssuedKey old = create("ward-7", Role.PREDICT);

        strict.rotate(old.key().id());

        assertThat(strict.of(old.secret())).isEmpty();
    }

    @Test
    void aKeyThatIsNotThereIsNeitherRotatedNorDeleted() {
        assertThat(keys.rotate("000000000000")).isEmpty();
        assertThat(keys.delete("000000000000", true)).isEqualTo(Deletion.NO_SUCH_KEY);
    }

    @Test
    void aDeletedKeyWorksNoMore() {
        IssuedKey issued = create("ward-7", Role.PREDICT);

        assertThat(keys.delete(issued.key().id(), true)).isEqualTo(Deletion.DELETED);
        assertThat(keys.of(issued.secret())).isEmpty();
    }

    @Test
    void theLastAdminKeyIsSparedWhereItIsNeeded() {
        create("ward-7", Role.PREDICT);
        String admin = create("ada", Role.ADMIN).key().id();

        assertThat(keys.delete(admin, true)).isEqualTo(Deletion.LAST_ADMIN);
        assertThat(keys.delete(admin, false)).isEqualTo(Deletion.DELETED);
    }

    @RepeatedTest(10)
    void adminsWhoDeleteEachOtherLeaveOne() throws Exception {
        String ada = create("ada", Role.ADMIN).key().id();
        String bob = create("bob", Role.ADMIN).key().id();

        List<Deletion> results = atOnce(() -> keys.delete(ada, true), () -> keys.delete(bob, true));

        assertThat(results).containsExactlyInAnyOrder(Deletion.DELETED, Deletion.LAST_ADMIN);
        assertThat(keys.anyAdmin()).isTrue();
    }

    @RepeatedTest(10)
    void replicasThatStartAtOnceMakeOneFirstKey() throws Exception {
        AdminAccess nobody = new AdminAccess(Keys.settings(), Keys.NO_TOKENS);
        Callable<Boolean> start = () -> {
            new FirstAdminKey(keysAt(Duration.ZERO), nobody, database.transactions(), "")
                    .run(new DefaultApplicationArguments());
            return true;
        };

        atOnce(start, start);

        assertThat(keys.all()).extracting(ApiKey::name).containsExactly(FirstAdminKey.NAME);
    }

    private IssuedKey create(String name, Role role) {
        return keys.create(name, role).orElseThrow();
    }

    /** The same keys as somebody sees them who looks later. */
    private ApiKeys keysAt(Duration later) {
        return database.keys(GRACE, Clock.fixed(Keys.NOW.plus(later), ZoneOffset.UTC));
    }

    private static <T> List<T> atOnce(Callable<T> one, Callable<T> other) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<T> first = threads.submit(() -> meet(barrier, one));
            Future<T> second = threads.submit(() -> meet(barrier, other));
            return List.of(first.get(), second.get());
        } catch (ExecutionException e) {
            throw new AssertionError("One of two at once failed", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> T meet(CyclicBarrier barrier, Callable<T> then) throws Exception {
        barrier.await();
        return then.call();
    }
}
