package dev.carillon.bus.internal.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.Examples;
import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.deadletter.DeadLetter.Cause;
import dev.carillon.bus.deadletter.DeadLetter.Kind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BlockedKeysTest {

    private static final String TOPIC = "steps";

    private final BlockedKeys blocked = new BlockedKeys(Examples::position);

    private static DeadLetter deadLetter(int partition, String position, @Nullable Instant redriven) {
        return deadLetter("", partition, position, Instant.EPOCH, redriven);
    }

    private static DeadLetter deadLetter(
            String topicId, int partition, String position, Instant failed, @Nullable Instant redriven) {
        return new DeadLetter(
                partition + "/" + position,
                TOPIC,
                topicId,
                partition,
                position,
                "readers",
                "type",
                "id",
                "ada",
                new Cause(Kind.FAILED, "", "", List.of()),
                1,
                failed,
                failed,
                redriven,
                "place of " + position);
    }

    @Test
    void aKeyIsBlockedWhileItHasADeadLetter() {
        DeadLetter deadLetter = deadLetter(0, "0:7", null);

        blocked.stored(deadLetter);
        assertThat(blocked.isBlocked(TOPIC, "ada")).isTrue();
        assertThat(blocked.isBlocked(TOPIC, "bob")).isFalse();
        assertThat(blocked.isBlocked(TOPIC, null)).isFalse();
        assertThat(blocked.placeOf(deadLetter.id())).hasValue("place of 0:7");

        blocked.gone(deadLetter.id());
        assertThat(blocked.isBlocked(TOPIC, "ada")).isFalse();
    }

    @Test
    void aRedrivenDeadLetterBlocksItsKeyUntilItIsGone() {
        blocked.stored(deadLetter(0, "0:9", Instant.EPOCH));

        assertThat(blocked.isBlockedByUnredriven(TOPIC, "ada")).isFalse();
        assertThat(blocked.hasBefore("ada", redriven("", 0, "0:10"))).isTrue();
        assertThat(blocked.hasBefore("ada", redriven("", 0, "0:9"))).isFalse();
        assertThat(blocked.hasBefore("ada", redriven("", 1, "1:10"))).isFalse();
    }

    @Test
    void whatStoodInAnOlderTopicOfThatNameIsBeforeWhatStandsInTheNewOne() {
        Instant before = Instant.parse("2026-05-04T03:02:01Z");
        DeadLetter old = deadLetter("old", 0, "0:900", before, before);
        DeadLetter made = deadLetter("new", 0, "0:3", before.plusSeconds(60), before);
        long begun = System.nanoTime();
        blocked.read(TOPIC, List.of(blocked.entry(made, begun), blocked.entry(old, begun)), begun);

        assertThat(blocked.hasBefore("ada", redriven("new", 0, "0:3"))).isTrue();
        assertThat(blocked.hasBefore("ada", redriven("old", 0, "0:900"))).isFalse();
        blocked.gone(old.id());
        assertThat(blocked.hasBefore("ada", redriven("new", 0, "0:3"))).isFalse();
    }

    private static Origin redriven(String topicId, int partition, String position) {
        return new Origin(
                TOPIC, topicId, partition, Examples.position(position), "place", "id", List.of(), List.of(), 1, null);
    }

    @Test
    void whatWasReadDoesNotUndoWhatThisMemberDidMeanwhile() {
        DeadLetter removed = deadLetter(0, "0:1", null);
        DeadLetter kept = deadLetter(0, "0:2", null);
        blocked.stored(removed);
        long begun = System.nanoTime();
        blocked.gone(removed.id());
        blocked.stored(kept);

        blocked.read(TOPIC, List.of(blocked.entry(removed, begun)), begun);

        assertThat(blocked.placeOf(removed.id())).isEmpty();
        assertThat(blocked.placeOf(kept.id())).isPresent();
    }

    @Test
    void whatOthersDidIsTakenOver() {
        blocked.stored(deadLetter(0, "0:1", null));

        long begun = System.nanoTime();
        blocked.read(TOPIC, List.of(blocked.entry(deadLetter(0, "0:2", Instant.EPOCH), begun)), begun);

        assertThat(blocked.placeOf("0/0:1")).isEmpty();
        assertThat(blocked.hasBefore("ada", redriven("", 0, "0:3"))).isTrue();
        blocked.read(TOPIC, List.of(), System.nanoTime());
        assertThat(blocked.isBlocked(TOPIC, "ada")).isFalse();
    }

    @Test
    void positionsCompareWithinTheirPartition() {
        assertThat(place("0:9")).isLessThan(place("0:10"));
        assertThat(place("3:99")).isLessThan(place("3:100"));
        assertThat(place("2:100")).isLessThan(place("3:1"));
    }

    private static TopicPosition place(String position) {
        return new TopicPosition(
                Integer.parseInt(position.substring(0, 1)), Instant.EPOCH, Examples.position(position));
    }
}
