package dev.carillon.rig.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StormTest {

    private static final Duration LONG = Duration.ofDays(1);

    private final List<String> seen = new CopyOnWriteArrayList<>();

    private final FaultInjector injector = new FaultInjector() {
        @Override
        public void inject(FaultKind kind) {
            seen.add(kind + " injected");
        }

        @Override
        public void repair(FaultKind kind) {
            seen.add(kind + " repaired");
        }
    };

    /** These faults, and one that is never reached. */
    private static Iterator<Fault> plan(Fault... faults) {
        return Stream.concat(Stream.of(faults), Stream.of(new Fault(LONG, FaultKind.KILL, "target", LONG)))
                .iterator();
    }

    @Test
    void aTargetIsRepairedBeforeItsNextFault() throws InterruptedException {
        Fault kill = new Fault(Duration.ZERO, FaultKind.KILL, "target", Duration.ofMillis(5));
        Fault pause = new Fault(Duration.ofMillis(10), FaultKind.PAUSE, "target", Duration.ofMillis(5));
        Fault last = new Fault(Duration.ofMillis(20), FaultKind.STOP, "target", LONG);

        try (Storm storm = new Storm(plan(kill, pause, last), Map.of("target", injector), fault -> {})) {
            Map<FaultKind, Integer> counts = runUntil(storm, "STOP injected");

            assertThat(counts)
                    .containsOnly(
                            Map.entry(FaultKind.KILL, 1), Map.entry(FaultKind.PAUSE, 1), Map.entry(FaultKind.STOP, 1));
        }
        assertThat(seen)
                .containsExactly(
                        "KILL injected",
                        "KILL repaired",
                        "PAUSE injected",
                        "PAUSE repaired",
                        "STOP injected",
                        "STOP repaired");
    }

    /** Runs the storm until this has happened. */
    private Map<FaultKind, Integer> runUntil(Storm storm, String last) throws InterruptedException {
        Thread ender = new Thread(() -> {
            await().until(() -> seen.contains(last));
            storm.stop();
        });
        ender.start();
        return storm.run();
    }

    @Test
    void anExclusiveFaultRunsWhileNoOtherFaultIsInEffect() throws InterruptedException {
        FaultInjector slow = new FaultInjector() {
            @Override
            public void inject(FaultKind kind) {
                seen.add("slow target injected");
            }

            @Override
            public void repair(FaultKind kind) {
                await().until(() -> !seen.isEmpty());
                seen.add("slow target repaired");
            }
        };
        Fault crash = new Fault(Duration.ZERO, FaultKind.CRASH, "slow", Duration.ofMillis(1));
        Fault trim = new Fault(Duration.ofMillis(2), FaultKind.TRIM, "target", Duration.ofMillis(1));
        Fault kill = new Fault(Duration.ofMillis(4), FaultKind.KILL, "slow", LONG);

        try (Storm storm = new Storm(plan(crash, trim, kill), Map.of("target", injector, "slow", slow), fault -> {})) {
            Thread ender = new Thread(() -> {
                await().until(() -> seen.size() == 5);
                storm.stop();
            });
            ender.start();
            storm.run();
        }

        assertThat(seen)
                .startsWith(
                        "slow target injected",
                        "slow target repaired",
                        "TRIM injected",
                        "TRIM repaired",
                        "slow target injected");
    }

    @Test
    void faultsAreRepairedWhenTheStormIsStopped() throws InterruptedException {
        Fault cut = new Fault(Duration.ZERO, FaultKind.CUT, "target", LONG);

        try (Storm storm = new Storm(plan(cut), Map.of("target", injector), fault -> {})) {
            runUntil(storm, "CUT injected");
        }

        assertThat(seen).containsExactly("CUT injected", "CUT repaired");
    }

    @Test
    void aRepairThatFailsFailsTheStorm() {
        FaultInjector failing = new FaultInjector() {
            @Override
            public void inject(FaultKind kind) {
                seen.add("injected");
            }

            @Override
            public void repair(FaultKind kind) {
                throw new IllegalStateException("it does not start");
            }
        };
        Fault crash = new Fault(Duration.ZERO, FaultKind.CRASH, "target", Duration.ZERO);

        try (Storm storm = new Storm(plan(crash), Map.of("target", failing), fault -> {})) {
            assertThatThrownBy(() -> runUntil(storm, "injected"))
                    .isInstanceOf(CompletionException.class)
                    .hasMessageContaining("it does not start");
        }
    }

    @Test
    void aFaultForAnUnknownTargetIsRejected() {
        Fault fault = new Fault(Duration.ZERO, FaultKind.KILL, "unknown", Duration.ZERO);

        try (Storm storm = new Storm(plan(fault), Map.of("target", injector), each -> {})) {
            assertThatThrownBy(storm::run).hasMessageContaining("'unknown'").hasMessageContaining("[target]");
        }
    }
}
