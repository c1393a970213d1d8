package dev.carillon.rig;

import dev.carillon.rig.fault.Kind;
import dev.carillon.rig.fault.Pace;
import dev.carillon.rig.fault.Selection;
import dev.carillon.rig.fault.Trait;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a run is like.
 *
 * @param bus the broker
 * @param time how long the storm lasts; it ends earlier when there are events enough
 * @param events so many events are enough; 0: only the time counts
 * @param seed what the faults are drawn from
 * @param quick whether faults follow each other as in a test
 * @param persistent whether Redis keeps what it has over a crash
 * @param selection which faults and traits it has
 * @param rate how many transactions a second each producer attempts
 * @param folder where the files of the run go
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

    /** The rate of a run that is told none. */
    static final int USUAL_RATE = 100;

    RunOptions {
        if (time.isZero() || time.isNegative()) {
            throw new IllegalArgumentException("The time must be longer than nothing, but was " + time);
        }
        if (events < 0) {
            throw new IllegalArgumentException("events must be at least 0, but was " + events);
        }
        if (rate < 1) {
            throw new IllegalArgumentException("rate must be at least 1, but was " + rate);
        }
        if (!persistent && bus != Bus.REDIS) {
            throw new IllegalArgumentException("--without-persistence is for Redis; Kafka always persists");
        }
        if (persistent && bus.kinds().stream().noneMatch(selection::has)) {
            throw new IllegalArgumentException(nothingToBreak(bus, selection));
        }
    }

    private static String nothingToBreak(Bus bus, Selection selection) {
        return "Nothing is left that could be broken on " + bus.name().toLowerCase(Locale.ROOT) + " with" + selection
                + ": select at least one of its faults, "
                + bus.kinds().stream().map(Kind::option).sorted().collect(Collectors.joining(", "))
                + "; "
                + Arrays.stream(Trait.values()).map(Trait::option).collect(Collectors.joining(" and "))
                + " break nothing by themselves";
    }

    Pace pace() {
        return quick ? Pace.QUICK : Pace.NORMAL;
    }

    /** How long nothing may come before what is missing counts as lost. */
    Duration patience() {
        return persistent ? Duration.ofSeconds(60) : Duration.ofSeconds(15);
    }

    /** The command that runs the same again. */
    String command() {
        StringBuilder command = new StringBuilder("bin/rig --bus " + bus.name().toLowerCase(Locale.ROOT));
        command.append(events > 0 ? " --events " + events : " --minutes " + minutes());
        command.append(" --seed ").append(seed);
        command.append(rate == USUAL_RATE ? "" : " --rate " + rate);
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
