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
            Target.of("topic", FaultKind.TRIM));

    private static List<Fault> faults(long seed, int count) {
        FaultPlan plan = new FaultPlan(seed, FaultTiming.QUICK, TARGETS);
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
    void anotherSeedDrawsOtherFaults() {
        assertThat(faults(42, 20)).isNotEqualTo(faults(43, 20));
    }

    @Test
    void everyKindHappensOnceBeforeAnyHappensTwice() {
        assertThat(faults(7, 9))
                .extracting(Fault::kind)
                .containsExactlyInAnyOrder(
                        FaultKind.KILL,
                        FaultKind.STOP,
                        FaultKind.PAUSE,
                        FaultKind.CRASH,
                        FaultKind.DELAY,
                        FaultKind.CUT,
                        FaultKind.HALF_OPEN,
                        FaultKind.RESPONSES_LOST,
                        FaultKind.TRIM);
    }

    @Test
    void aTargetIsRepairedBeforeItsNextFault() {
        Map<String, Duration> repairedAt = new HashMap<>();
        for (Fault fault : faults(11, 500)) {
            assertThat(fault.at()).isGreaterThan(repairedAt.getOrDefault(fault.target(), Duration.ZERO));
            repairedAt.put(fault.target(), fault.at().plus(fault.duration()));
        }
    }

    @Test
    void noOtherFaultOverlapsWithAnExclusiveOne() {
        Duration allRepairedAt = Duration.ZERO;
        Duration exclusiveUntil = Duration.ZERO;
        for (Fault fault : faults(11, 500)) {
            assertThat(fault.at()).isGreaterThan(fault.kind().isExclusive() ? allRepairedAt : exclusiveUntil);
            Duration end = fault.at().plus(fault.duration());
            allRepairedAt = allRepairedAt.compareTo(end) > 0 ? allRepairedAt : end;
            exclusiveUntil = fault.kind().isExclusive() ? end : exclusiveUntil;
        }
    }

    @Test
    void excludedFaultsNeverHappen() {
        Selection selection = new Selection(List.of(), List.of("kill", "half-open", "trim"));

        FaultPlan plan = new FaultPlan(42, FaultTiming.QUICK, selection.of(TARGETS));

        assertThat(Stream.generate(plan::next).limit(200))
                .extracting(Fault::kind)
                .doesNotContain(FaultKind.KILL, FaultKind.HALF_OPEN, FaultKind.TRIM)
                .contains(FaultKind.STOP, FaultKind.CRASH, FaultKind.DELAY);
    }

    @Test
    void aSelectionOfOneFaultHasOnlyThatFault() {
        Selection selection = new Selection(List.of("crash"), List.of());

        FaultPlan plan = new FaultPlan(42, FaultTiming.QUICK, selection.of(TARGETS));

        assertThat(Stream.generate(plan::next).limit(20))
                .extracting(Fault::kind)
                .containsOnly(FaultKind.CRASH);
    }

    @Test
    void anUnknownFaultIsRejectedWithTheKnownNames() {
        assertThatThrownBy(() -> new Selection(List.of("earthquake"), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'earthquake'")
                .hasMessageContaining("hot-key");
    }

    @Test
    void faultsAreInTheOrderOfTheirTimes() {
        assertThat(faults(11, 500)).extracting(Fault::at).isSorted();
    }

    @Test
    void aLongPauseExceedsTheLeaseAndTheSession() {
        for (FaultTiming timing : List.of(FaultTiming.QUICK, FaultTiming.NORMAL)) {
            assertThat(timing.minLongDuration())
                    .isGreaterThan(RedisBroker.LEASE)
                    .isGreaterThan(KafkaBroker.SESSION);
        }
    }
}
