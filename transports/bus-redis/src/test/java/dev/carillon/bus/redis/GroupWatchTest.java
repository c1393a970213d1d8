package dev.carillon.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.redis.GroupWatch.Finding;
import dev.carillon.bus.transport.GroupIncident.Kind;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What the Redis of the other tests does not show: older and newer versions, which number entries in other ways, and views in
 * an order that is hard to bring about. Entries have the ids 1-0, 2-0 and so on.
 */
class GroupWatchTest {

    private final GroupWatch watch = new GroupWatch();
    private final List<Finding> findings = new ArrayList<>();
    private long now;

    @Test
    void beforeRedis7AGapIsToldOnceWithoutACount() {
        view(1, 10, -1, 4, -1);
        view(6, 10, -1, 4, -1);
        view(7, 10, -1, 4, -1);
        view(18, 20, -1, 15, -1);

        assertFound(Tuple.tuple(Kind.TRIMMED, -1L), Tuple.tuple(Kind.TRIMMED, -1L));
    }

    @Test
    void beforeRedis7AGroupThatHasReadEverythingHasNoGap() {
        view(1, 10, -1, 10, -1);
        view(0, 10, -1, 10, -1);
        view(11, 12, -1, 10, -1);
        view(11, 12, -1, 12, -1);

        assertThat(findings).isEmpty();
    }

    @Test
    void aRedisThatCountsGapsAsReadIsUnderstoodToo() {
        view(1, 10, 10, 4, 4);
        view(7, 10, 10, 4, 4);
        view(7, 10, 10, 8, 8);
        view(7, 10, 10, 10, 10);
        view(19, 25, 25, 10, 10);
        view(19, 25, 25, 25, 25);

        assertFound(Tuple.tuple(Kind.TRIMMED, 2L), Tuple.tuple(Kind.TRIMMED, 8L));
    }

    @Test
    void aRedisThatDoesNotCountGapsAsReadIsUnderstood() {
        view(1, 10, 10, 4, 4);
        view(7, 10, 10, 4, 4);
        view(7, 10, 10, 8, 6);
        view(7, 10, 10, 10, 8);
        view(19, 25, 25, 10, 8);
        view(19, 25, 25, 25, 15);

        assertFound(Tuple.tuple(Kind.TRIMMED, 2L), Tuple.tuple(Kind.TRIMMED, 8L));
    }

    @Test
    void aGapThatGrowsIsToldBitByBit() {
        view(1, 10, 10, 4, 4);
        view(7, 12, 12, 4, 4);
        view(9, 14, 14, 4, 4);

        assertFound(Tuple.tuple(Kind.TRIMMED, 2L), Tuple.tuple(Kind.TRIMMED, 2L));
    }

    @Test
    void aSecondGapIsToldWithoutACountWhileTheNumberIsNoMeasure() {
        view(1, 10, 10, 4, 4);
        view(7, 12, 12, 4, 4);
        view(7, 12, 12, 8, 6);
        view(15, 20, 20, 8, 6);

        assertFound(Tuple.tuple(Kind.TRIMMED, 2L), Tuple.tuple(Kind.TRIMMED, -1L));
    }

    @Test
    void aGapIsNotToldMoreOftenThanEveryOtherSecond() {
        view(1, 10, 10, 4, 4);
        view(7, 12, 12, 4, 4);
        now -= 10_000_000_000L;
        view(8, 13, 13, 4, 4);
        view(9, 14, 14, 4, 4);

        assertFound(Tuple.tuple(Kind.TRIMMED, 2L), Tuple.tuple(Kind.TRIMMED, 2L));
    }

    @Test
    void aGroupThatDidNotReadYetMayHaveBeenMadeBehindWhatIsGone() {
        view(7, 12, 12, 0, -1);
        view(7, 12, 12, 0, -1);
        view(9, 14, 14, 0, -1);

        assertFound(Tuple.tuple(Kind.TRIMMED, 2L));
    }

    @Test
    void aGroupOfUnknownNumberThatStandsBeforeTheFirstEntryHasLostSome() {
        view(7, 12, 12, 4, -1);

        assertFound(Tuple.tuple(Kind.TRIMMED, -1L));
    }

    @Test
    void anEmptiedTopicLostWhatWasNotRead() {
        view(1, 10, 10, 4, 4);
        view(0, 10, 10, 4, 4);

        assertFound(Tuple.tuple(Kind.TRIMMED, 6L));
    }

    @Test
    void aTopicWhoseNumbersStartAgainWasMadeAnew() {
        view(1, 10, 10, 10, 10);
        view(11, 12, 2, 11, 1);

        assertFound(Tuple.tuple(Kind.GROUP_RECREATED, -1L));
    }

    @Test
    void aGroupThatWasGoneAndStandsFurtherBackWasMadeAnew() {
        view(1, 10, 10, 10, 10);
        watch.gone();
        view(1, 10, 10, 0, -1);
        view(1, 10, 10, 3, 3);
        view(1, 10, 10, 0, -1);

        assertFound(Tuple.tuple(Kind.GROUP_RECREATED, -1L), Tuple.tuple(Kind.MOVED_BACK, 3L));
    }

    @Test
    void aGroupThatWeMadeAnewHasNoPast() {
        view(1, 10, 10, 10, 10);
        watch.made();
        view(11, 12, 12, 0, -1);

        assertThat(findings).isEmpty();
    }

    @Test
    void aForgottenNumberAfterASingleDeletionIsNoMove() {
        view(1, 10, 10, 4, 4);
        observe(new GroupView(9, id(10), id(1), id(8), 10, id(6), -1, 1));

        assertThat(findings).isEmpty();
    }

    @Test
    void aRedisThatWasStartedAgainHasForgottenTheNumberAndNobodyMovedTheGroup() {
        view(1, 10, 10, 4, 4);
        watch.reconnected();
        view(1, 10, 10, 6, -1);

        assertThat(findings).isEmpty();
    }

    @Test
    void aGroupSetForwardIntoTheMiddleIsToldWithoutACount() {
        view(1, 10, 10, 4, 4);
        view(1, 10, 10, 6, -1);

        assertFound(Tuple.tuple(Kind.MOVED_FORWARD, -1L));
    }

    @Test
    void aGroupSetForwardPastWhatWeReadOurselvesIsToldWithACount() {
        view(1, 10, 10, 4, 4);
        assertThat(watch.read("5-0", "6-0", 2)).isNull();
        view(1, 10, 10, 10, -1);

        assertFound(Tuple.tuple(Kind.MOVED_FORWARD, 4L));
    }

    @Test
    void aGroupSetToWhereItIsPassedOverNothing() {
        view(1, 10, 10, 4, 4);
        assertThat(watch.read("5-0", "10-0", 6)).isNull();
        view(1, 10, 10, 10, -1);

        assertThat(findings).isEmpty();
    }

    @Test
    void readingWhatWasReadBeforeMeansThatTheGroupWasSetBack() {
        view(1, 10, 10, 4, 4);
        assertThat(watch.read("5-0", "6-0", 2)).isNull();

        @Nullable Finding finding = watch.read("3-0", "7-0", 5);

        assertThat(finding).isNotNull().extracting(Finding::kind).isEqualTo(Kind.MOVED_BACK);
        view(1, 10, 10, 7, -1);
        assertThat(findings).isEmpty();
    }

    /** Takes a view ten seconds after the last: entries from the first to the last number, 0 for none. */
    @Test
    void whatAGroupWasGivenInAnAnswerThatWasLostIsNoLossAlsoWhereItStandsBeforeWhatWasRead() {
        GroupView five = new GroupView(5, id(5), id(1), StreamId.ZERO, 5, id(5), 5, 1);
        GroupView seven = new GroupView(7, id(7), id(1), StreamId.ZERO, 7, id(7), 7, 1);
        findings.addAll(watch.observe(five, now, GroupWatch.Readers.ONLY_US));
        assertThat(watch.read("7-0", "7-0", 1)).isNull();

        watch.sole().answersWereLost(List.of("7-0"));
        watch.sole().pending(List.of("6-0", "7-0"), true);

        findings.addAll(watch.observe(seven, now, GroupWatch.Readers.ONLY_US));
        assertThat(findings).isEmpty();
    }

    private void view(long first, long last, long added, long delivered, long read) {
        observe(new GroupView(
                first == 0 ? 0 : last - first + 1,
                id(last),
                first == 0 ? null : id(first),
                StreamId.ZERO,
                added,
                id(delivered),
                read,
                1));
    }

    private void observe(GroupView view) {
        now += 10_000_000_000L;
        findings.addAll(watch.observe(view, now));
    }

    private static StreamId id(long number) {
        return new StreamId(number, 0);
    }

    private void assertFound(Tuple... expected) {
        assertThat(findings).extracting(Finding::kind, Finding::messages).containsExactly(expected);
    }
}
