package dev.carillon.rig.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Consumers must report all losses of the broker, and nothing else. */
class LossesTest {

    private static final BrokerLoss THREE =
            new BrokerLoss("topic trimmed", List.of("a", "b", "c"), List.of(), true, Set.of("TRIMMED"));
    private static final BrokerLoss UNCOUNTABLE =
            new BrokerLoss("topic recreated", List.of("a", "b"), List.of("c"), false, Set.of("GROUP_RECREATED"));

    private static LossReport report(String kind, long messages) {
        return LossReport.of("consumer-1: GroupIncident[kind=" + kind + ", topic=t, group=g, messages=" + messages
                + ", detail=positions]");
    }

    @Test
    void aLossThatIsReportedWithItsNumberIsCorrect() {
        assertThat(new Losses(List.of(THREE), List.of(report("TRIMMED", 1), report("TRIMMED", 2)))
                        .isReportedCorrectly(3))
                .isTrue();
    }

    @Test
    void anIncidentThatTwoConsumersReportCountsOnce() {
        LossReport first = report("TRIMMED", 3);
        LossReport again = LossReport.of(first.text().replace("consumer-1", "consumer-2"));

        assertThat(new Losses(List.of(THREE), List.of(first, again)).isReportedCorrectly(3))
                .isTrue();
    }

    @Test
    void aLossRightBeforeItsTopicIsDeletedNeedsNoReportOfItsOwn() {
        List<LossReport> recreated = List.of(report("GROUP_RECREATED", -1));

        assertThat(new Losses(List.of(THREE, UNCOUNTABLE), recreated).isReportedCorrectly(5))
                .isTrue();
        assertThat(new Losses(List.of(UNCOUNTABLE, THREE), recreated).isReportedCorrectly(5))
                .isFalse();
    }

    @Test
    void aWrongNumberIsAFailure() {
        assertThat(new Losses(List.of(THREE), List.of(report("TRIMMED", 2))).isReportedCorrectly(3))
                .isFalse();
        assertThat(new Losses(List.of(THREE), List.of(report("TRIMMED", 4))).isReportedCorrectly(3))
                .isFalse();
    }

    @Test
    void anUnreportedLossIsAFailure() {
        assertThat(new Losses(List.of(THREE), List.of()).isReportedCorrectly(3)).isFalse();
    }

    @Test
    void aCountableLossMustBeReportedWithItsNumber() {
        List<LossReport> reports = List.of(report("TRIMMED", 3), report("TRIMMED", -1));

        assertThat(new Losses(List.of(THREE), reports).isReportedCorrectly(3)).isFalse();
    }

    @Test
    void anUncountableLossMustBeReported() {
        assertThat(new Losses(List.of(UNCOUNTABLE), List.of(report("GROUP_RECREATED", -1))).isReportedCorrectly(2))
                .isTrue();
        assertThat(new Losses(List.of(UNCOUNTABLE), List.of()).isReportedCorrectly(2))
                .isFalse();
        assertThat(new Losses(List.of(UNCOUNTABLE), List.of(report("TRIMMED", 4))).isReportedCorrectly(2))
                .isFalse();
    }

    @Test
    void unacknowledgedMessagesMayBeReportedAsLost() {
        BrokerLoss loss =
                new BrokerLoss("topic trimmed", List.of("a"), List.of("b"), true, Set.of("TRIMMED", "PENDING_LOST"));

        assertThat(new Losses(List.of(loss), List.of(report("TRIMMED", 1))).isReportedCorrectly(1))
                .isTrue();
        assertThat(new Losses(List.of(loss), List.of(report("TRIMMED", 1), report("PENDING_LOST", 1)))
                        .isReportedCorrectly(2))
                .isTrue();
    }

    @Test
    void anUncountableLossThatHappenedTwiceMustBeReportedTwice() {
        BrokerLoss removed =
                new BrokerLoss("consumers removed", List.of(), List.of("d"), false, Set.of("PENDING_LOST"));
        LossReport report = report("PENDING_LOST", -1);

        assertThat(new Losses(List.of(removed, removed), List.of(report)).isReportedCorrectly(0))
                .isFalse();
        assertThat(new Losses(List.of(removed, removed), List.of(report, report)).isReportedCorrectly(0))
                .isTrue();
    }

    @Test
    void anUncountableLossDoesNotExcuseAnotherReportWithoutANumber() {
        Losses losses =
                new Losses(List.of(THREE, UNCOUNTABLE), List.of(report("TRIMMED", 3), report("GROUP_RECREATED", -1)));
        assertThat(losses.isReportedCorrectly(3)).isTrue();

        Losses another = new Losses(
                List.of(THREE, UNCOUNTABLE),
                List.of(report("TRIMMED", 3), report("TRIMMED", -1), report("GROUP_RECREATED", -1)));
        assertThat(another.isReportedCorrectly(3)).isFalse();
        assertThat(another.unexpected()).containsExactly(report("TRIMMED", -1));
    }

    @Test
    void aReportWithoutAnyLossIsAFalseAlarm() {
        assertThat(new Losses(List.of(), List.of(report("MOVED_BACK", 0))).isReportedCorrectly(0))
                .isFalse();
        assertThat(new Losses(List.of(), List.of()).isReportedCorrectly(0)).isTrue();
    }

    @Test
    void aLineWithoutAnIncidentIsRejected() {
        assertThatThrownBy(() -> LossReport.of("something else")).hasMessageContaining("something else");
    }
}
