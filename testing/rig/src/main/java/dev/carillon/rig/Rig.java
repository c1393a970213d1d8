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

/** {@code bin/rig}: runs the storm and ends with 0 only when nothing was lost, disordered or done twice. */
@Command(
        name = "rig",
        sortOptions = false,
        description = {
            "Proves that nothing is lost while processes, broker, database and network fail.",
            "Exit code: 0 when every committed event was delivered, in order, and had its effect once; 1 when not; "
                    + "2 for wrong options; 130 when interrupted."
        })
final class Rig implements Callable<Integer> {

    private static final int INTERRUPTED = 130;
    private static final long FAREWELL_SECONDS = 30;

    /** Without a number of minutes, a number of events ends the run, or this. */
    private static final Duration LONGEST = Duration.ofHours(12);

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this and ends.")
    @SuppressWarnings("UnusedVariable") // looked at by picocli
    private boolean help;

    @Option(names = "--bus", required = true, description = "The broker: ${COMPLETION-CANDIDATES}.")
    @SuppressWarnings("NullAway.Init") // required
    private Bus bus;

    @Option(names = "--minutes", paramLabel = "M", description = "How long the storm lasts; 10 without --events.")
    private @Nullable Double minutes;

    @Option(names = "--events", paramLabel = "N", description = "The storm ends when so many events are committed.")
    private long events;

    @Option(
            names = {"--seed", "--replay"},
            paramLabel = "S",
            description = "The same seed draws the same faults; without it, one is made up and told.")
    private @Nullable Long seed;

    @Option(names = "--quick", description = "Faults that are short and follow each other fast; 0.5 minutes.")
    private boolean quick;

    @Option(
            names = "--without-persistence",
            description = "Redis forgets everything when it is restarted: the run must find the loss, and fails.")
    private boolean withoutPersistence;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "F",
            description = "Only these faults and traits, of: ${COMPLETION-CANDIDATES}.",
            completionCandidates = Selected.class)
    private List<String> only = new ArrayList<>();

    @Option(names = "--without", split = ",", paramLabel = "F", description = "All faults and traits but these.")
    private List<String> without = new ArrayList<>();

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "" + RunOptions.USUAL_RATE,
            description = "Transactions a second that each producer attempts; ${DEFAULT-VALUE} without it.")
    private int rate;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            defaultValue = "testing/rig/target/runs",
            description = "Where the files of the run go, in a folder of their own; ${DEFAULT-VALUE} without it.")
    @SuppressWarnings("NullAway.Init") // has a default
    private Path folder;

    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    Rig() {}

    /** What {@code --only} takes. */
    static final class Selected extends ArrayList<String> {

        private static final long serialVersionUID = 1;

        Selected() {
            super(Selection.names());
        }
    }

    /** See {@code --help}. */
    public static void main(String[] arguments) {
        Rig rig = new Rig();
        Runtime.getRuntime().addShutdownHook(new Thread(rig::interrupt, "interrupt"));
        int status =
                new CommandLine(rig).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments);
        rig.ended.countDown();
        System.exit(status);
    }

    /** On SIGINT and SIGTERM: has the run end, and everything that it started. */
    private void interrupt() {
        interrupted.countDown();
        try {
            if (!ended.await(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("The run has not ended; what it started is killed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Integer call() throws Exception {
        PrintStream out = System.out;
        try (Run run = new Run(options(), interrupted, out)) {
            return run.judged().map(outcome -> outcome.print(out) ? 0 : 1).orElseGet(() -> {
                out.println("interrupted: nothing is judged");
                return INTERRUPTED;
            });
        }
    }

    private RunOptions options() {
        long drawn = seed == null ? ThreadLocalRandom.current().nextLong(1_000_000_000) : seed;
        try {
            return new RunOptions(
                    bus,
                    time(),
                    events,
                    drawn,
                    quick,
                    !withoutPersistence,
                    new Selection(only, without),
                    rate,
                    folder.resolve(bus.name().toLowerCase(Locale.ROOT) + "-" + drawn + "-"
                            + ProcessHandle.current().pid()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private Duration time() {
        if (minutes != null) {
            return Duration.ofMillis(Math.round(minutes * 60_000));
        }
        return events > 0 ? LONGEST : quick ? Duration.ofSeconds(30) : Duration.ofMinutes(10);
    }
}
