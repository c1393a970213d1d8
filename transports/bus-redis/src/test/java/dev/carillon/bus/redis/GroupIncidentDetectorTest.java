package dev.carillon.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.redis.GroupIncidentDetector.Incident;
import dev.carillon.bus.transport.GroupIncident.Kind;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Cases that tests on a real Redis do not cover: older and newer versions, which count entries differently, and sequences of
 * snapshots that are hard to provoke. Entries have the ids 1-0, 2-0 and so on.
 */
class GroupIncidentDetectorTest {

    private final GroupIncidentDetector detector = new GroupIncidentDetector();
    private final List<Incident> incidents = new ArrayList<>();
    private long now;

    @Test
    void aMemberThatLostItsLeaseStillDescribesThePositionThatItKnew() {
        snapshot(1, 10, 10, 4, 4);

        detector.groupFound();

        assertThat(detector.describeLastPosition())
                .isEqualTo("; when this member last read it, messages had been delivered up to 4-0,"
                        + " and the newest known message was 10-0");
    }

    @Test
    void aMemberThatReadsTheGroupDescribesItsPosition() {
        snapshot(1, 10, 10, 4, 4);

        assertThat(detector.describeLastPosition())
                .isEqualTo("; messages had been delivered up to 4-0, and the newest known message was 10-0");
    }

    @Test
    void aGroupThatThisMemberCreatedHasNoKnownPosition() {
        snapshot(1, 10, 10, 4, 4);
        detector.groupFound();

        detector.groupCreated();

        assertThat(detector.describeLastPosition()).isEmpty();
    }

    @Test
    void beforeRedis7AGapIsReportedOnceWithoutACount() {
        snapshot(1, 10, -1, 4, -1);
        snapshot(6, 10, -1, 4, -1);
        snapshot(7, 10, -1, 4, -1);
        snapshot(18, 20, -1, 15, -1);

        assertIncidents(Tuple.tuple(Kind.TRIMMED, -1L), Tuple.tuple(Kind.TRIMMED, -1L));
    }

    @Test
    void beforeRedis7AGroupThatHasReadEverythingHasNoGap() {
        snapshot(1, 10, -1, 10, -1);
        snapshot(0, 10, -1, 10, -1);
        snapshot(11, 12, -1, 10, -1);
        snapshot(11, 12, -1, 12, -1);

        assertThat(incidents).isEmpty();
    }

    @Test
    void lossesAreExactWithARedisThatCountsGapsAsRead() {
        snapshot(1, 10, 10, 4, 4);
        snapshot(7, 10, 10, 4, 4);
        snapshot(7, 10, 10, 8, 8);
        snapshot(7, 10, 10, 10, 10);
        snapshot(19, 25, 25, 10, 10);
        snapshot(19, 25, 25, 25, 25);

        assertIncidents(Tuple.tuple(Kind.TRIMMED, 2L), Tuple.tuple(Kind.TRIMMED, 8L));
    }

    @Test
    void lossesAreExactWithARedisThatDoesNotCountGapsAsRead() {
        snapshot(1, 10, 10, 4, 4);
        snapshot(7, 10, 10, 4, 4);
        snapshot(7, 10, 10, 8, 6);
        snapshot(7, 10, 10, 10, 8);
        snapshot(19, 25, 25, 10, 8);
        snapshot(19, 25, 25, 25, 15);

        assertIncidents(Tuple.tuple(Kind.TRIMMED, 2L), Tuple.tuple(Kind.TRIMMED, 8L));
    }

    @Test
    void aGrowingGapIsReportedInParts() {
        snapshot(1, 10, 10, 4, 4);
        snapshot(7, 12, 12, 4, 4);
        snapshot(9, 14, 14, 4, 4);

        assertIncidents(Tuple.tuple(Kind.TRIMMED, 2L), Tuple.tuple(Kind.TRIMMED, 2L));
    }

    @Test
    void aSecondGapIsReportedWithoutACountWhileTheReadCountIsUseless() {
        snapshot(1, 10, 10, 4, 4);
        snapshot(7, 12, 12, 4, 4);
        snapshot(7, 12, 12, 8, 6);
        snapshot(15, 20, 20, 8, 6);

        assertIncidents(Tuple.tuple(Kind.TRIMMED, 2L), Tuple.tuple(Kind.TRIMMED, -1L));
    }

    @Test
    void aGapIsNotReportedMoreOftenThanEveryTwoSeconds() {
        snapshot(1, 10, 10, 4, 4);
        snapshot(7, 12, 12, 4, 4);
        now -= 10_000_000_000L;
        snapshot(8, 13, 13, 4, 4);
        snapshot(9, 14, 14, 4, 4);

        assertIncidents(Tuple.tuple(Kind.TRIMMED, 2L), Tuple.tuple(Kind.TRIMMED, 2L));
    }

    @Test
    void aGroupThatHasReadNothingMayHaveBeenCreatedAfterTheGap() {
        snapshot(7, 12, 12, 0, -1);
        snapshot(7, 12, 12, 0, -1);
        snapshot(9, 14, 14, 0, -1);

        assertIncidents(Tuple.tuple(Kind.TRIMMED, 2L));
    }

    @Test
    void aGroupWithUnknownReadCountBeforeTheFirstEntryHasLostSome() {
        snapshot(7, 12, 12, 4, -1);

        assertIncidents(Tuple.tuple(Kind.TRIMMED, -1L));
    }

    @Test
    void aGroupMovedToATimeBeforeTheFirstEntryHasLostNothingIfNothingWasRemoved() {
        snapshot(5, 10, 6, 4, -1);

        assertThat(incidents).isEmpty();
    }

    @Test
    void unreadEntriesOfAnEmptiedTopicAreLost() {
        snapshot(1, 10, 10, 4, 4);
        snapshot(0, 10, 10, 4, 4);

        assertIncidents(Tuple.tuple(Kind.TRIMMED, 6L));
    }

    @Test
    void aTopicWhoseEntryCountDecreasedWasRecreated() {
        snapshot(1, 10, 10, 10, 10);
        snapshot(11, 12, 2, 11, 1);

        assertIncidents(Tuple.tuple(Kind.GROUP_RECREATED, -1L));
    }

    @Test
    void aGroupThatWasGoneAndIsFurtherBackWasRecreated() {
        snapshot(1, 10, 10, 10, 10);
        detector.groupRecreatedByOther();
        snapshot(1, 10, 10, 0, -1);
        snapshot(1, 10, 10, 3, 3);
        snapshot(1, 10, 10, 0, -1);

        assertIncidents(Tuple.tuple(Kind.GROUP_RECREATED, -1L), Tuple.tuple(Kind.MOVED_BACK, 3L));
    }

    @Test
    void aGroupCreatedByThisMemberHasNoEarlierIncidents() {
        snapshot(1, 10, 10, 10, 10);
        detector.groupCreated();
        snapshot(11, 12, 12, 0, -1);

        assertThat(incidents).isEmpty();
    }

    @Test
    void anUnknownReadCountAfterASingleDeletionIsNotAMove() {
        snapshot(1, 10, 10, 4, 4);
        inspect(new GroupSnapshot(9, id(10), id(1), id(8), 10, id(6), -1, 1));

        assertThat(incidents).isEmpty();
    }

    @Test
    void anUnknownReadCountAfterAReconnectIsNotAMove() {
        snapshot(1, 10, 10, 4, 4);
        detector.reconnected();
        snapshot(1, 10, 10, 6, -1);

        assertThat(incidents).isEmpty();
    }

    @Test
    void aMoveForwardIntoTheMiddleIsReportedWithoutACount() {
        snapshot(1, 10, 10, 4, 4);
        snapshot(1, 10, 10, 6, -1);

        assertIncidents(Tuple.tuple(Kind.MOVED_FORWARD, -1L));
    }

    @Test
    void aMoveForwardPastOwnReadsIsReportedWithACount() {
        snapshot(1, 10, 10, 4, 4);
        assertThat(detector.recordRead(id(5), id(6), 2)).isNull();
        snapshot(1, 10, 10, 10, -1);

        assertIncidents(Tuple.tuple(Kind.MOVED_FORWARD, 4L));
    }

    @Test
    void aMoveToTheCurrentPositionSkipsNothing() {
        snapshot(1, 10, 10, 4, 4);
        assertThat(detector.recordRead(id(5), id(10), 6)).isNull();
        snapshot(1, 10, 10, 10, -1);

        assertThat(incidents).isEmpty();
    }

    @Test
    void readingTheSameEntriesAgainMeansThatTheGroupWasMovedBack() {
        snapshot(1, 10, 10, 4, 4);
        assertThat(detector.recordRead(id(5), id(6), 2)).isNull();

        @Nullable Incident incident = detector.recordRead(id(3), id(7), 5);

        assertThat(incident).isNotNull().extracting(Incident::kind).isEqualTo(Kind.MOVED_BACK);
        snapshot(1, 10, 10, 7, -1);
        assertThat(incidents).isEmpty();
    }

    @Test
    void entriesGivenInALostReplyAreNoLossEvenBeforeThoseThatWereRead() {
        GroupSnapshot five = new GroupSnapshot(5, id(5), id(1), StreamId.ZERO, 5, id(5), 5, 1);
        GroupSnapshot seven = new GroupSnapshot(7, id(7), id(1), StreamId.ZERO, 7, id(7), 7, 1);
        incidents.addAll(detector.inspect(five, now, GroupIncidentDetector.Readers.ONLY_THIS));
        assertThat(detector.recordRead(id(7), id(7), 1)).isNull();

        detector.ledger().repliesWereLost(List.of(id(7)));
        detector.ledger().recordPending(List.of(id(6), id(7)), true);

        incidents.addAll(detector.inspect(seven, now, GroupIncidentDetector.Readers.ONLY_THIS));
        assertThat(incidents).isEmpty();
    }

    /** A snapshot ten seconds after the last, of a stream with these first and last entries; first is 0 for an empty stream. */
    private void snapshot(long first, long last, long added, long delivered, long read) {
        inspect(new GroupSnapshot(
                first == 0 ? 0 : last - first + 1,
                id(last),
                first == 0 ? null : id(first),
                StreamId.ZERO,
                added,
                id(delivered),
                read,
                1));
    }

    private void inspect(GroupSnapshot snapshot) {
        now += 10_000_000_000L;
        incidents.addAll(detector.inspect(snapshot, now));
    }

    private static StreamId id(long number) {
        return new StreamId(number, 0);
    }

    private void assertIncidents(Tuple... expected) {
        assertThat(incidents).extracting(Incident::kind, Incident::messages).containsExactly(expected);
    }
}
