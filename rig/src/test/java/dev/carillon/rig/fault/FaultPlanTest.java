package dev.carillon.rig.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FaultPlanTest {

    private static final List<Target> TARGETS = List.of(
            new Target(List.of("one", "two"), Target.PROCESS),
            new Target(List.of("server"), Target.SERVER),
            new Target(List.of("network"), Target.NETWORK));

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
        assertThat(faults(7, 8)).extracting(Fault::kind).containsExactlyInAnyOrder(Kind.values());
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
    void faultsComeInTheOrderOfTheirTimes() {
        assertThat(faults(11, 500)).extracting(Fault::at).isSorted();
    }
}
