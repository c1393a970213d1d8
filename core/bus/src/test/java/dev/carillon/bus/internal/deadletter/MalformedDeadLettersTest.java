package dev.carillon.bus.internal.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsReader;
import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.deadletter.DeadLetter.Cause;
import dev.carillon.bus.deadletter.DeadLetter.Kind;
import dev.carillon.bus.deadletter.DeadLetters;
import dev.carillon.bus.internal.deadletter.DeadLetterHeaders.Detail;
import dev.carillon.bus.memory.MemoryBroker;
import dev.carillon.bus.transport.GroupTopics;
import dev.carillon.bus.transport.Header;
import dev.carillon.bus.transport.MessageStore;
import dev.carillon.bus.transport.RawMessage;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.bus.transport.Transport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands among dead letters, and is none. */
class MalformedDeadLettersTest {

    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final String SECRET = "learner@example.org";
    private static final String KEPT_IN = GroupTopics.deadLetters("steps", "readers");

    private final Transport transport = new MemoryBroker()
            .prepare(new SettingsReader(Settings.of(Map.of())), Optional.empty())
            .get();
    private final MessageStore store = transport.store().orElseThrow();
    private final DeadLetterStore deadLetters = new DeadLetterStore(store, transport, "steps", "readers");

    private static final DeadLetter DEAD_LETTER = new DeadLetter(
            ID,
            "steps",
            "",
            0,
            "0:7",
            "readers",
            "org.example.step",
            "3ae1ab0e-ba5e-11ee-9a2b-0242ac130005",
            "ada",
            new Cause(Kind.FAILED, "java.sql.SQLException", "no database", List.of("hurdler")),
            3,
            Instant.EPOCH,
            Instant.EPOCH,
            null,
            "");

    private static List<Header> headers(String name, @Nullable String value) {
        List<Header> headers = new ArrayList<>(DeadLetterHeaders.stored(
                        DEAD_LETTER,
                        new RawMessage(List.of(Header.of("type", "org.example.step")), new byte[] {1}, new byte[] {2}),
                        Detail.ALL)
                .headers());
        headers.removeIf(header -> header.name().equals(name));
        if (value != null) {
            headers.add(Header.of(name, value));
        }
        return headers;
    }

    @ParameterizedTest
    @CsvSource({
        "carillon-id,",
        "carillon-topic,",
        "carillon-position,",
        "carillon-group,",
        "carillon-id, learner@example.org",
        "carillon-position, learner@example.org",
        "carillon-position, -5",
        "carillon-position, 999999999999999999999999999999",
        "carillon-partition, learner@example.org",
        "carillon-partition, -1",
        "carillon-attempts, 99999999999",
        "carillon-key-bytes, abc",
        "carillon-key-bytes, learner@example.org",
        "carillon-first-failed, learner@example.org",
        "carillon-redriven, soon",
    })
    void anEntryIsListedAsMalformedWithItsPlaceAndTheReasonAndCanBeDiscarded(String name, @Nullable String value) {
        String place = store.put(KEPT_IN, ID, null, new RawMessage(headers(name, value), null, new byte[] {1}));
        deadLetters.put(
                new DeadLetter(
                        "f" + ID.substring(1),
                        "steps",
                        "",
                        0,
                        "0:8",
                        "readers",
                        null,
                        null,
                        null,
                        DEAD_LETTER.cause(),
                        1,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        null,
                        ""),
                new RawMessage(List.of(), null, new byte[0]));

        DeadLetters.Listing listing = deadLetters.inspect();

        assertThat(listing.deadLetters()).extracting(DeadLetter::position).containsExactly("0:8");
        assertThat(listing.malformed()).hasSize(1);
        assertThat(listing.malformed().get(0).place()).isEqualTo(place);
        assertThat(listing.malformed().get(0).reason())
                .contains("'" + name + "'")
                .doesNotContain(SECRET);
        deadLetters.redrive(listing.deadLetters());
        deadLetters.discardMalformed(listing.malformed());
        assertThat(deadLetters.inspect().malformed()).isEmpty();
        assertThat(deadLetters.list()).hasSize(1);
    }

    @Test
    void anEntryThatIsLookedUpByItsPlaceIsNotFoundAndStopsNobody() {
        String place = store.put(
                KEPT_IN, ID, null, new RawMessage(headers("carillon-first-failed", "soon"), null, new byte[0]));

        assertThat(deadLetters.find(ID, place)).isEmpty();
    }

    @Test
    void anEntryOfAnotherNameThanItSaysIsMalformedToo() {
        store.put(KEPT_IN, "another", null, new RawMessage(headers("", null), null, new byte[0]));

        assertThat(deadLetters.inspect().malformed()).hasSize(1);
        assertThat(deadLetters.list()).isEmpty();
    }

    @Test
    void deadLettersUnderTheShortIdsOfBeforeAreListedRedrivenAndDiscarded() {
        String old = "7c211433f02a";
        store.put(KEPT_IN, old, null, new RawMessage(headers("carillon-id", old), null, new byte[] {1}));

        deadLetters.redrive(deadLetters.list());

        assertThat(deadLetters.list()).extracting(DeadLetter::id).containsExactly(old);
        assertThat(deadLetters.list().get(0).redrivenAt()).isNotNull();
        List<String> sent = new ArrayList<>();
        store.read(
                GroupTopics.retry("steps", "readers"),
                StartAt.earliest(),
                message -> sent.add(message.header("carillon-id")));
        assertThat(sent).containsExactly(old);
        deadLetters.discard(deadLetters.list());
        assertThat(deadLetters.list()).isEmpty();
    }
}
