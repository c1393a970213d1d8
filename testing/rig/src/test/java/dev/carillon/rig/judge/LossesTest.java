package dev.carillon.rig.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the broker lost must be told, all of it and nothing else. */
class LossesTest {

    private static final Damage THREE =
            new Damage("topic trimmed", List.of("a", "b", "c"), List.of(), true, Set.of("TRIMMED"));
    private static final Damage UNCOUNTABLE =
            new Damage("topic made anew", List.of("a", "b"), List.of("c"), false, Set.of("GROUP_RECREATED"));

    private static LossReport report(String kind, long messages) {
        return LossReport.of("consumer-1: GroupIncident[kind=" + kind + ", topic=t, group=g, messages=" + messages
                + ", detail=positions]");
    }

    @Test
    void aLossThatIsToldWithItsNumberIsToldRightly() {
        assertThat(new Losses(List.of(THREE), List.of(report("TRIMMED", 1), report("TRIMMED", 2))).isToldRightly(3))
                .isTrue();
    }

    @Test
    void whatIsToldToAnotherMemberOnceMoreCountsOnce() {
        LossReport first = report("TRIMMED", 3);
        LossReport again = LossReport.of(first.text().replace("consumer-1", "consumer-2"));

        assertThat(new Losses(List.of(THREE), List.of(first, again)).isToldRightly(3))
                .isTrue();
    }

    @Test
    void aLossThatIsFollowedByTheEndOfItsTopicMayBeToldWithThat() {
        List<LossReport> anew = List.of(report("GROUP_RECREATED", -1));

        assertThat(new Losses(List.of(THREE, UNCOUNTABLE), anew).isToldRightly(5))
                .isTrue();
        assertThat(new Losses(List.of(UNCOUNTABLE, THREE), anew).isToldRightly(5))
                .isFalse();
    }

    @Test
    void anotherNumberIsWrong() {
        assertThat(new Losses(List.of(THREE), List.of(report("TRIMMED", 2))).isToldRightly(3))
                .isFalse();
        assertThat(new Losses(List.of(THREE), List.of(report("TRIMMED", 4))).isToldRightly(3))
                .isFalse();
    }

    @Test
    void aLossThatIsNotToldIsWrong() {
        assertThat(new Losses(List.of(THREE), List.of()).isToldRightly(3)).isFalse();
    }

    @Test
    void aLossThatCanBeCountedIsNotToldWithoutANumber() {
        List<LossReport> reports = List.of(report("TRIMMED", 3), report("TRIMMED", -1));

        assertThat(new Losses(List.of(THREE), reports).isToldRightly(3)).isFalse();
    }

    @Test
    void whatCannotBeCountedIsToldAllTheSame() {
        assertThat(new Losses(List.of(UNCOUNTABLE), List.of(report("GROUP_RECREATED", -1))).isToldRightly(2))
                .isTrue();
        assertThat(new Losses(List.of(UNCOUNTABLE), List.of()).isToldRightly(2)).isFalse();
        assertThat(new Losses(List.of(UNCOUNTABLE), List.of(report("TRIMMED", 4))).isToldRightly(2))
                .isFalse();
    }

    @Test
    void whatWasReadAndNotAcknowledgedMayBeTold() {
        Damage damage =
                new Damage("topic trimmed", List.of("a"), List.of("b"), true, Set.of("TRIMMED", "PENDING_LOST"));

        assertThat(new Losses(List.of(damage), List.of(report("TRIMMED", 1))).isToldRightly(1))
                .isTrue();
        assertThat(new Losses(List.of(damage), List.of(report("TRIMMED", 1), report("PENDING_LOST", 1)))
                        .isToldRightly(2))
                .isTrue();
    }

    @Test
    void whatHappenedTwiceAndCannotBeCountedIsToldTwice() {
        Damage removed = new Damage("consumers removed", List.of(), List.of("d"), false, Set.of("PENDING_LOST"));
        LossReport report = report("PENDING_LOST", -1);

        assertThat(new Losses(List.of(removed, removed), List.of(report)).isToldRightly(0))
                .isFalse();
        assertThat(new Losses(List.of(removed, removed), List.of(report, report)).isToldRightly(0))
                .isTrue();
    }

    @Test
    void whatCannotBeCountedExcusesNoOtherReportWithoutANumber() {
        Losses losses =
                new Losses(List.of(THREE, UNCOUNTABLE), List.of(report("TRIMMED", 3), report("GROUP_RECREATED", -1)));
        assertThat(losses.isToldRightly(3)).isTrue();

        Losses another = new Losses(
                List.of(THREE, UNCOUNTABLE),
                List.of(report("TRIMMED", 3), report("TRIMMED", -1), report("GROUP_RECREATED", -1)));
        assertThat(another.isToldRightly(3)).isFalse();
        assertThat(another.unexplained()).containsExactly(report("TRIMMED", -1));
    }

    @Test
    void aReportWithoutAnyLossIsAFalseAlarm() {
        assertThat(new Losses(List.of(), List.of(report("MOVED_BACK", 0))).isToldRightly(0))
                .isFalse();
        assertThat(new Losses(List.of(), List.of()).isToldRightly(0)).isTrue();
    }

    @Test
    void aLineThatIsNoReportIsRefused() {
        assertThatThrownBy(() -> LossReport.of("something else")).hasMessageContaining("something else");
    }
}
