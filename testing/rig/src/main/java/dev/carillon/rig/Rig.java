package dev.carillon.rig;

import dev.carillon.rig.fault.Selection;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code bin/rig}. */
@Command(
        name = "rig",
        sortOptions = false,
        description = {
            "Tests that no event is lost while processes, broker, database and network fail.",
            "Exit code: 0 when every committed event was delivered, in order, and had its effect once; 1 when not; "
                    + "2 for wrong options; 130 when interrupted."
        })
final class Rig implements Callable<Integer> {

    private static final int INTERRUPTED = 130;
    private static final long SHUTDOWN_SECONDS = 30;

    /** The time limit of a run with {@code --events} and without {@code --minutes}. */
    private static final Duration MAX_TIME = Duration.ofHours(12);

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    @SuppressWarnings("UnusedVariable") // read by picocli
    private boolean help;

    @Option(names = "--bus", required = true, description = "The broker: ${COMPLETION-CANDIDATES}.")
    @SuppressWarnings("NullAway.Init") // required
    private Bus bus;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            description = "How long the storm lasts; default: 10, or unlimited with --events.")
    private @Nullable Double minutes;

    @Option(names = "--events", paramLabel = "N", description = "The storm ends after this number of committed events.")
    private long events;

    @Option(
            names = {"--seed", "--replay"},
            paramLabel = "S",
            description = "The seed of the plan of faults; by default, a random one, which is printed.")
    private @Nullable Long seed;

    @Option(names = "--quick", description = "Short and frequent faults; --minutes is 0.5 by default.")
    private boolean quick;

    @Option(
            names = "--without-persistence",
            description = "Redis loses its data at each restart: the run must detect the loss, and fails.")
    private boolean withoutPersistence;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "F",
            description = "Only these faults and variants, of: ${COMPLETION-CANDIDATES}.",
            completionCandidates = SelectableNames.class)
    private List<String> only = new ArrayList<>();

    @Option(names = "--without", split = ",", paramLabel = "F", description = "All faults and variants except these.")
    private List<String> without = new ArrayList<>();

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "" + RunOptions.DEFAULT_RATE,
            description = "Transactions per second that each producer attempts; default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            defaultValue = "testing/rig/target/runs",
            description = "The files of the run are in a new folder in this one; default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // has a default
    private Path folder;

    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    Rig() {}

    /** The values that {@code --only} accepts. */
    static final class SelectableNames extends ArrayList<String> {

        private static final long serialVersionUID = 1;

        SelectableNames() {
            super(Selection.names());
        }
    }

    /** Runs the command; see {@code --help}. */
    public static void main(String[] arguments) {
        Rig rig = new Rig();
        Runtime.getRuntime().addShutdownHook(new Thread(rig::interrupt, "interrupt"));
        int status =
                new CommandLine(rig).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments);
        rig.ended.countDown();
        System.exit(status);
    }

    /** On SIGINT and SIGTERM: ends the run, and waits until it has stopped what it started. */
    private void interrupt() {
        interrupted.countDown();
        try {
            if (!ended.await(SHUTDOWN_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("The run has not ended after " + SHUTDOWN_SECONDS + " s; its processes are killed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Integer call() throws Exception {
        PrintStream out = System.out;
        try (Run run = new Run(options(), interrupted, out)) {
            return run.runAndJudge().map(report -> report.print(out) ? 0 : 1).orElseGet(() -> {
                out.println("interrupted: no report");
                return INTERRUPTED;
            });
        }
    }

    private RunOptions options() {
        long usedSeed = seed == null ? ThreadLocalRandom.current().nextLong(1_000_000_000) : seed;
        try {
            return new RunOptions(
                    bus,
                    time(),
                    events,
                    usedSeed,
                    quick,
                    !withoutPersistence,
                    new Selection(only, without),
                    rate,
                    folder.resolve(bus.name().toLowerCase(Locale.ROOT) + "-" + usedSeed + "-"
                            + ProcessHandle.current().pid()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private Duration time() {
        if (minutes != null) {
            return Duration.ofMillis(Math.round(minutes * 60_000));
        }
        return events > 0 ? MAX_TIME : quick ? Duration.ofSeconds(30) : Duration.ofMinutes(10);
    }
}
