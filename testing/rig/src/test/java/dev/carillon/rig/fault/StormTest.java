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

    private final Breakable thing = new Breakable() {
        @Override
        public void breakBy(Kind kind) {
            seen.add(kind + " breaks");
        }

        @Override
        public void mend(Kind kind) {
            seen.add(kind + " mended");
        }
    };

    /** These, and then one that is never reached. */
    private static Iterator<Fault> plan(Fault... faults) {
        return Stream.concat(Stream.of(faults), Stream.of(new Fault(LONG, Kind.KILL, "thing", LONG)))
                .iterator();
    }

    @Test
    void whatBreaksIsMendedBeforeItBreaksAgain() throws InterruptedException {
        Fault kill = new Fault(Duration.ZERO, Kind.KILL, "thing", Duration.ofMillis(5));
        Fault pause = new Fault(Duration.ofMillis(10), Kind.PAUSE, "thing", Duration.ofMillis(5));
        Fault last = new Fault(Duration.ofMillis(20), Kind.STOP, "thing", LONG);

        try (Storm storm = new Storm(plan(kill, pause, last), Map.of("thing", thing), fault -> {})) {
            Map<Kind, Integer> counts = ragingUntil(storm, "STOP breaks");

            assertThat(counts).containsOnly(Map.entry(Kind.KILL, 1), Map.entry(Kind.PAUSE, 1), Map.entry(Kind.STOP, 1));
        }
        assertThat(seen)
                .containsExactly(
                        "KILL breaks", "KILL mended", "PAUSE breaks", "PAUSE mended", "STOP breaks", "STOP mended");
    }

    /** Ends the storm once this was seen. */
    private Map<Kind, Integer> ragingUntil(Storm storm, String last) throws InterruptedException {
        Thread ender = new Thread(() -> {
            await().until(() -> seen.contains(last));
            storm.enough();
        });
        ender.start();
        return storm.rage();
    }

    @Test
    void aFaultThatIsToBeAloneBeginsWhenEverythingIsMendedAndEndsBeforeAnythingElseBreaks()
            throws InterruptedException {
        Breakable slow = new Breakable() {
            @Override
            public void breakBy(Kind kind) {
                seen.add("slow thing breaks");
            }

            @Override
            public void mend(Kind kind) {
                await().until(() -> !seen.isEmpty());
                seen.add("slow thing mended");
            }
        };
        Fault crash = new Fault(Duration.ZERO, Kind.CRASH, "slow", Duration.ofMillis(1));
        Fault trim = new Fault(Duration.ofMillis(2), Kind.TRIM, "thing", Duration.ofMillis(1));
        Fault kill = new Fault(Duration.ofMillis(4), Kind.KILL, "slow", LONG);

        try (Storm storm = new Storm(plan(crash, trim, kill), Map.of("thing", thing, "slow", slow), fault -> {})) {
            Thread ender = new Thread(() -> {
                await().until(() -> seen.size() == 5);
                storm.enough();
            });
            ender.start();
            storm.rage();
        }

        assertThat(seen)
                .startsWith(
                        "slow thing breaks", "slow thing mended", "TRIM breaks", "TRIM mended", "slow thing breaks");
    }

    @Test
    void whatIsStillBrokenAtTheEndIsMended() throws InterruptedException {
        Fault cut = new Fault(Duration.ZERO, Kind.CUT, "thing", LONG);

        try (Storm storm = new Storm(plan(cut), Map.of("thing", thing), fault -> {})) {
            ragingUntil(storm, "CUT breaks");
        }

        assertThat(seen).containsExactly("CUT breaks", "CUT mended");
    }

    @Test
    void aThingThatCannotBeMendedIsNoSuccess() {
        Breakable hopeless = new Breakable() {
            @Override
            public void breakBy(Kind kind) {
                seen.add("broken");
            }

            @Override
            public void mend(Kind kind) {
                throw new IllegalStateException("it does not start");
            }
        };
        Fault crash = new Fault(Duration.ZERO, Kind.CRASH, "thing", Duration.ZERO);

        try (Storm storm = new Storm(plan(crash), Map.of("thing", hopeless), fault -> {})) {
            assertThatThrownBy(() -> ragingUntil(storm, "broken"))
                    .isInstanceOf(CompletionException.class)
                    .hasMessageContaining("it does not start");
        }
    }

    @Test
    void aPlanThatNamesNothingIsRefused() {
        Fault fault = new Fault(Duration.ZERO, Kind.KILL, "nobody", Duration.ZERO);

        try (Storm storm = new Storm(plan(fault), Map.of("thing", thing), each -> {})) {
            assertThatThrownBy(storm::rage).hasMessageContaining("'nobody'").hasMessageContaining("[thing]");
        }
    }
}
