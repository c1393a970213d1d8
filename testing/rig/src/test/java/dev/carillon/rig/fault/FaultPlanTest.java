package dev.carillon.rig.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.rig.server.KafkaBroker;
import dev.carillon.rig.server.RedisBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultPlanTest {

    private static final List<Target> TARGETS = List.of(
            new Target(List.of("one", "two"), Target.PROCESS),
            new Target(List.of("server"), Target.SERVER),
            new Target(List.of("network"), Target.NETWORK),
            Target.of("topic", Kind.TRIM));

    private static List<Fault> faults(long seed, int count) {
        FaultPlan plan = new FaultPlan(seed, Pace.QUICK, TARGETS);
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            faults.add(plan.next());
        }
        return faults;
    }

    @Test
    void theSameSeedDrawsTheSameFaults() {
        assertThat(faults(42, 200)).isEqualTo(faults(42, 200));
    }

    @Test
    void anotherSeedDrawsOthers() {
        assertThat(faults(42, 20)).isNotEqualTo(faults(43, 20));
    }

    @Test
    void everyKindComesBeforeAnyComesTwice() {
        assertThat(faults(7, 9))
                .extracting(Fault::kind)
                .containsExactlyInAnyOrder(
                        Kind.KILL,
                        Kind.STOP,
                        Kind.PAUSE,
                        Kind.CRASH,
                        Kind.DELAY,
                        Kind.CUT,
                        Kind.HALF_OPEN,
                        Kind.DEAF,
                        Kind.TRIM);
    }

    @Test
    void whatIsBrokenIsMendedBeforeItBreaksAgain() {
        Map<String, Duration> mended = new HashMap<>();
        for (Fault fault : faults(11, 500)) {
            assertThat(fault.at()).isGreaterThan(mended.getOrDefault(fault.target(), Duration.ZERO));
            mended.put(fault.target(), fault.at().plus(fault.hold()));
        }
    }

    @Test
    void nothingElseIsBrokenWhileAFaultIsToBeAlone() {
        Duration allMended = Duration.ZERO;
        Duration undisturbed = Duration.ZERO;
        for (Fault fault : faults(11, 500)) {
            assertThat(fault.at()).isGreaterThan(fault.kind().isAlone() ? allMended : undisturbed);
            Duration end = fault.at().plus(fault.hold());
            allMended = allMended.compareTo(end) > 0 ? allMended : end;
            undisturbed = fault.kind().isAlone() ? end : undisturbed;
        }
    }

    @Test
    void whatIsLeftOutOfASelectionNeverComes() {
        Selection selection = new Selection(List.of(), List.of("kill", "half-open", "trim"));

        FaultPlan plan = new FaultPlan(42, Pace.QUICK, selection.of(TARGETS));

        assertThat(Stream.generate(plan::next).limit(200))
                .extracting(Fault::kind)
                .doesNotContain(Kind.KILL, Kind.HALF_OPEN, Kind.TRIM)
                .contains(Kind.STOP, Kind.CRASH, Kind.DELAY);
    }

    @Test
    void aSelectionOfOneFaultDrawsItAlone() {
        Selection selection = new Selection(List.of("crash"), List.of());

        FaultPlan plan = new FaultPlan(42, Pace.QUICK, selection.of(TARGETS));

        assertThat(Stream.generate(plan::next).limit(20))
                .extracting(Fault::kind)
                .containsOnly(Kind.CRASH);
    }

    @Test
    void aFaultThatThereIsNotIsRefusedWithTheNamesOfThoseThatThereAre() {
        assertThatThrownBy(() -> new Selection(List.of("earthquake"), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'earthquake'")
                .hasMessageContaining("hot-key");
    }

    @Test
    void faultsComeInTheOrderOfTheirTimes() {
        assertThat(faults(11, 500)).extracting(Fault::at).isSorted();
    }

    @Test
    void aMemberSleepsLongerThanItsLeaseOrSessionIfItIsToOversleep() {
        for (Pace pace : List.of(Pace.QUICK, Pace.NORMAL)) {
            assertThat(pace.shortestLongHold()).isGreaterThan(RedisBroker.LEASE).isGreaterThan(KafkaBroker.SESSION);
        }
    }
}
