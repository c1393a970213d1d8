package dev.carillon.rig;

import dev.carillon.rig.fault.FaultKind;
import dev.carillon.rig.fault.FaultTiming;
import dev.carillon.rig.fault.RunVariant;
import dev.carillon.rig.fault.Selection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The options of a run.
 *
 * @param bus the broker
 * @param time how long the storm lasts, unless it has enough events earlier
 * @param events the number of committed events after which the storm ends; 0 for no such limit
 * @param seed the seed of the plan of faults
 * @param quick whether faults are short and frequent, as in a test
 * @param persistent whether Redis keeps its data over a crash
 * @param selection the faults and variants
 * @param rate how many transactions per second each producer attempts
 * @param folder the folder for the files of the run, which must not exist
 */
record RunOptions(
        Bus bus,
        Duration time,
        long events,
        long seed,
        boolean quick,
        boolean persistent,
        Selection selection,
        int rate,
        Path folder) {

    /** The default of {@code rate}. */
    static final int DEFAULT_RATE = 100;

    RunOptions {
        if (time.isZero() || time.isNegative()) {
            throw new IllegalArgumentException("time must be longer than PT0S, but was " + time);
        }
        if (events < 0) {
            throw new IllegalArgumentException("events must be at least 0, but was " + events);
        }
        if (rate < 1) {
            throw new IllegalArgumentException("rate must be at least 1, but was " + rate);
        }
        if (!persistent && bus != Bus.REDIS) {
            throw new IllegalArgumentException("--without-persistence is only for Redis; Kafka always persists");
        }
        if (persistent && bus.kinds().stream().noneMatch(selection::has)) {
            throw new IllegalArgumentException(nothingToBreak(bus, selection));
        }
    }

    private static String nothingToBreak(Bus bus, Selection selection) {
        return "No fault is selected on " + bus.name().toLowerCase(Locale.ROOT) + " with" + selection
                + ": select at least one of its faults, "
                + bus.kinds().stream().map(FaultKind::option).sorted().collect(Collectors.joining(", "))
                + "; "
                + Arrays.stream(RunVariant.values()).map(RunVariant::option).collect(Collectors.joining(" and "))
                + " are no faults";
    }

    FaultTiming timing() {
        return quick ? FaultTiming.QUICK : FaultTiming.NORMAL;
    }

    /** How long to wait without any delivery until missing events count as lost. */
    Duration idleTimeout() {
        return persistent ? Duration.ofSeconds(60) : Duration.ofSeconds(15);
    }

    /** The command that repeats this run. */
    String command() {
        StringBuilder command = new StringBuilder("bin/rig --bus " + bus.name().toLowerCase(Locale.ROOT));
        command.append(events > 0 ? " --events " + events : " --minutes " + minutes());
        command.append(" --seed ").append(seed);
        command.append(rate == DEFAULT_RATE ? "" : " --rate " + rate);
        command.append(quick ? " --quick" : "").append(persistent ? "" : " --without-persistence");
        command.append(selection);
        return command.toString();
    }

    private String minutes() {
        double minutes = time.toMillis() / 60_000.0;
        return minutes == Math.rint(minutes)
                ? Long.toString(Math.round(minutes))
                : String.format(Locale.ROOT, "%.2f", minutes);
    }
}
