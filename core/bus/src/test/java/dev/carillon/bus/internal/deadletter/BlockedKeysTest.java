package dev.carillon.bus.internal.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.deadletter.DeadLetter.Cause;
import dev.carillon.bus.deadletter.DeadLetter.Kind;
import dev.carillon.bus.internal.deadletter.BlockedKeys.Entry;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BlockedKeysTest {

    private static final String TOPIC = "steps";

    private final BlockedKeys held = new BlockedKeys();

    private static DeadLetter letter(int partition, String position, @Nullable Instant redriven) {
        return letter("", partition, position, Instant.EPOCH, redriven);
    }

    private static DeadLetter letter(
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
    void aKeyIsHeldWhileItHasALetter() {
        DeadLetter letter = letter(0, "7-0", null);

        held.kept(letter);
        assertThat(held.holds(TOPIC, "ada")).isTrue();
        assertThat(held.holds(TOPIC, "bob")).isFalse();
        assertThat(held.holds(TOPIC, null)).isFalse();
        assertThat(held.placeOf(letter.id())).hasValue("place of 7-0");

        held.gone(letter.id());
        assertThat(held.holds(TOPIC, "ada")).isFalse();
    }

    @Test
    void aLetterWaitsUntilItIsOnItsWayAndHoldsBackWhatIsBehindItUntilItIsGone() {
        held.kept(letter(0, "9-0", Instant.EPOCH));

        assertThat(held.waits(TOPIC, "ada")).isFalse();
        assertThat(held.hasBefore("ada", redriven("", 0, "10-0"))).isTrue();
        assertThat(held.hasBefore("ada", redriven("", 0, "9-0"))).isFalse();
        assertThat(held.hasBefore("ada", redriven("", 1, "10-0"))).isFalse();
    }

    @Test
    void whatStoodInAnOlderTopicOfThatNameIsBeforeWhatStandsInTheNewOne() {
        Instant before = Instant.parse("2026-05-04T03:02:01Z");
        DeadLetter old = letter("old", 0, "0:900", before, before);
        DeadLetter made = letter("new", 0, "0:3", before.plusSeconds(60), before);
        long begun = System.nanoTime();
        held.read(TOPIC, List.of(Entry.of(made, begun), Entry.of(old, begun)), begun);

        assertThat(held.hasBefore("ada", redriven("new", 0, "0:3"))).isTrue();
        assertThat(held.hasBefore("ada", redriven("old", 0, "0:900"))).isFalse();
        held.gone(old.id());
        assertThat(held.hasBefore("ada", redriven("new", 0, "0:3"))).isFalse();
    }

    private static Origin redriven(String topicId, int partition, String position) {
        return new Origin(TOPIC, topicId, partition, position, "place", "id", List.of(), List.of(), 1, null);
    }

    @Test
    void whatWasReadDoesNotUndoWhatThisMemberDidMeanwhile() {
        DeadLetter struckOff = letter(0, "1-0", null);
        DeadLetter kept = letter(0, "2-0", null);
        held.kept(struckOff);
        long begun = System.nanoTime();
        held.gone(struckOff.id());
        held.kept(kept);

        held.read(TOPIC, List.of(Entry.of(struckOff, begun)), begun);

        assertThat(held.placeOf(struckOff.id())).isEmpty();
        assertThat(held.placeOf(kept.id())).isPresent();
    }

    @Test
    void whatOthersDidIsTakenOver() {
        held.kept(letter(0, "1-0", null));

        long begun = System.nanoTime();
        held.read(TOPIC, List.of(Entry.of(letter(0, "2-0", Instant.EPOCH), begun)), begun);

        assertThat(held.placeOf("0/1-0")).isEmpty();
        assertThat(held.hasBefore("ada", redriven("", 0, "3-0"))).isTrue();
        held.read(TOPIC, List.of(), System.nanoTime());
        assertThat(held.holds(TOPIC, "ada")).isFalse();
    }

    @Test
    void positionsCompareAsNumbers() {
        assertThat(TopicPosition.of(0, "1700000000000-9")).isLessThan(TopicPosition.of(0, "1700000000000-10"));
        assertThat(TopicPosition.of(0, "999-0")).isLessThan(TopicPosition.of(0, "1700000000000-0"));
        assertThat(TopicPosition.of(3, "3:99")).isLessThan(TopicPosition.of(3, "3:100"));
        assertThat(TopicPosition.of(2, "2:100")).isLessThan(TopicPosition.of(3, "3:1"));
    }
}
