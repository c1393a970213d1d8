package dev.carillon.rig;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.rig.fault.Fault;
import dev.carillon.rig.fault.FaultKind;
import dev.carillon.rig.fault.FaultPlan;
import dev.carillon.rig.fault.Storm;
import dev.carillon.rig.judge.Judge;
import dev.carillon.rig.judge.LossReport;
import dev.carillon.rig.judge.Losses;
import dev.carillon.rig.judge.RecordedEvent;
import dev.carillon.rig.judge.Verdict;
import dev.carillon.rig.service.Operator;
import dev.carillon.rig.service.ReceiverName;
import dev.carillon.rig.service.RemainingEvents;
import dev.carillon.rig.service.RigNames;
import dev.carillon.rig.service.Tables;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** One run: starts everything, runs the storm, waits for the events in flight, and judges the result. */
final class Run implements AutoCloseable {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(250);
    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration ARRIVAL_POLL_INTERVAL = Duration.ofSeconds(2);

    private final RunOptions options;
    private final CountDownLatch interrupted;
    private final PrintStream out;
    private final long start = System.nanoTime();
    private final TestEnvironment environment;

    /**
     * Starts the servers.
     *
     * @param interrupted when it reaches zero, the run ends early without a report
     * @param out where progress is printed
     */
    Run(RunOptions options, CountDownLatch interrupted, PrintStream out) throws IOException, SQLException {
        this.options = options;
        this.interrupted = interrupted;
        this.out = out;
        out.println("seed " + options.seed() + "; to repeat this run: " + options.command());
        out.println("logs: " + options.folder().resolve("logs"));
        this.environment = new TestEnvironment(options);
        if (environment.consumers().size() == 1) {
            out.println("one consumer");
        }
    }

    /** Runs to the end; returns empty when it was interrupted. */
    Optional<RunReport> runAndJudge() throws InterruptedException, IOException, SQLException {
        environment.start();
        awaitFirstEffect();
        Map<FaultKind, Integer> faults;
        boolean wasInterrupted;
        long redriven;
        try (Operator operator =
                new Operator(environment.brokerSettings(), environment.databaseUrl(), environment.folder())) {
            operator.start();
            faults = storm();
            print("the storm is over and all faults are repaired; waiting for events in flight");
            environment.start();
            environment.stopProducers();
            wasInterrupted = !awaitArrival();
            redriven = operator.redriven();
        }
        environment.stopAll();
        if (wasInterrupted) {
            return Optional.empty();
        }
        return Optional.of(report(faults, redriven));
    }

    private RunReport report(Map<FaultKind, Integer> faults, long redriven) throws IOException, SQLException {
        RemainingEvents remaining = RemainingEvents.inspect(environment.brokerSettings(), environment.databaseUrl());
        List<RecordedEvent> ledger = Tables.ledger(environment.databaseUrl());
        return new RunReport(
                options,
                ledger,
                verdicts(ledger, deadLetterIds(remaining.deadLetters())),
                new Losses(
                        environment.losses(),
                        lines(RigNames.INCIDENTS).stream().map(LossReport::of).toList()),
                environment.stuckEvents(),
                faults,
                redriven,
                remaining.outbox().waiting() + remaining.outbox().deadLettered(),
                environment.unexpectedExits(),
                Duration.ofNanos(System.nanoTime() - start));
    }

    /** For receivers without effects in the database, the calls count as effects. */
    private Map<ReceiverName, Verdict> verdicts(List<RecordedEvent> ledger, Set<String> deadLetterIds)
            throws IOException, SQLException {
        Deliveries deliveries = Deliveries.read(environment.folder().resolve(RigNames.DELIVERIES));
        Set<String> lostByBroker = Tables.lostByBroker(environment.databaseUrl());
        Map<ReceiverName, Verdict> verdicts = new EnumMap<>(ReceiverName.class);
        for (ReceiverName receiver : ReceiverName.values()) {
            List<RecordedEvent> calls = deliveries.of(receiver);
            List<RecordedEvent> effects = receiver.hasEffects()
                    ? Tables.effects(environment.databaseUrl(), receiver)
                    : List.copyOf(new LinkedHashSet<>(calls));
            verdicts.put(receiver, Judge.judge(ledger, calls, deadLetterIds, effects, lostByBroker));
        }
        return verdicts;
    }

    /** Waits until everything works: a failure before the storm is a bug of the rig. */
    private void awaitFirstEffect() throws InterruptedException, SQLException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!Tables.hasEffects(environment.databaseUrl())) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("No event has had an effect after " + START_TIMEOUT.toSeconds()
                        + " s without any fault; see the logs in " + environment.logs());
            }
            if (interrupted.await(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        }
        print("all services work; the storm starts");
    }

    private Map<FaultKind, Integer> storm() throws InterruptedException {
        try (Storm storm = new Storm(plan(), environment.injectors(), fault -> out.println(fault))) {
            CompletableFuture<Map<FaultKind, Integer>> running = CompletableFuture.supplyAsync(() -> {
                try {
                    return storm.run();
                } catch (InterruptedException e) {
                    throw new CompletionException(e);
                }
            });
            long end = System.nanoTime() + options.time().toNanos();
            while (System.nanoTime() - end < 0
                    && !running.isDone()
                    && !hasEnoughEvents()
                    && !interrupted.await(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                // only the condition counts
            }
            storm.stop();
            return running.join();
        }
    }

    private Iterator<Fault> plan() {
        return options.persistent()
                ? new FaultPlan(options.seed(), options.timing(), environment.targets())
                : new DataLossPlan(
                        options.seed(),
                        environment.broker(),
                        environment.consumers().get(0));
    }

    private boolean hasEnoughEvents() {
        try {
            return options.events() > 0 && Tables.sent(environment.databaseUrl()) >= options.events();
        } catch (SQLException e) {
            // the database is unavailable because of a fault
            return false;
        }
    }

    /** Waits until every receiver has got every event, or there is no more progress; returns false when interrupted. */
    private boolean awaitArrival() throws InterruptedException, IOException, SQLException {
        Path file = environment.folder().resolve(RigNames.DELIVERIES);
        long before = -1;
        long lastProgress = System.nanoTime();
        while (!interrupted.await(ARRIVAL_POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
            long missing = missing(file);
            if (missing == 0) {
                return true;
            }
            long size = Files.size(file);
            if (size != before) {
                before = size;
                lastProgress = System.nanoTime();
            } else if (System.nanoTime() - lastProgress > options.idleTimeout().toNanos()) {
                print("no delivery for " + options.idleTimeout().toSeconds() + " s: no longer waiting for " + missing
                        + " events");
                return true;
            }
        }
        return false;
    }

    private long missing(Path deliveries) throws IOException, SQLException {
        Set<String> wanted = Tables.ledger(environment.databaseUrl()).stream()
                .map(RecordedEvent::id)
                .collect(Collectors.toCollection(HashSet::new));
        wanted.removeAll(Tables.lostByBroker(environment.databaseUrl()));
        Set<String> unhandled = new HashSet<>(wanted);
        unhandled.removeAll(Tables.handled(environment.databaseUrl(), 0));
        return unhandled.isEmpty() ? Deliveries.read(deliveries).missing(wanted) : unhandled.size();
    }

    /** Also writes the causes to a file beside the logs. */
    private Set<String> deadLetterIds(List<DeadLetter> deadLetters) throws IOException {
        Files.write(
                environment.logs().resolve("dead-letters"),
                deadLetters.stream()
                        .map(deadLetter -> deadLetter + ": " + deadLetter.cause())
                        .toList());
        return deadLetters.stream()
                .map(deadLetter -> String.valueOf(deadLetter.eventId()))
                .collect(Collectors.toSet());
    }

    private List<String> lines(String name) throws IOException {
        Path file = environment.folder().resolve(name);
        return Files.exists(file) ? Files.readAllLines(file, UTF_8) : List.of();
    }

    private void print(String progress) {
        out.printf("%6.1f s  %s%n", (System.nanoTime() - start) / 1e9, progress);
    }

    /** Stops all servers and services. */
    @Override
    public void close() {
        environment.close();
    }
}
