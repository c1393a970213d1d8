package dev.carillon.rig;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.rig.fault.Fault;
import dev.carillon.rig.fault.FaultPlan;
import dev.carillon.rig.fault.Kind;
import dev.carillon.rig.fault.Storm;
import dev.carillon.rig.judge.Entry;
import dev.carillon.rig.judge.Judge;
import dev.carillon.rig.judge.LossReport;
import dev.carillon.rig.judge.Losses;
import dev.carillon.rig.judge.Verdict;
import dev.carillon.rig.role.Listener;
import dev.carillon.rig.role.Operator;
import dev.carillon.rig.role.Remains;
import dev.carillon.rig.role.Roles;
import dev.carillon.rig.role.Tables;
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

/** One run: everything starts, the storm rages, what is under way arrives, and what came of it is judged. */
final class Run implements AutoCloseable {

    private static final Duration GLANCE = Duration.ofMillis(250);
    private static final Duration LONGEST_START = Duration.ofMinutes(3);
    private static final Duration LONG_GLANCE = Duration.ofSeconds(2);

    private final RunOptions options;
    private final CountDownLatch interrupted;
    private final PrintStream out;
    private final long start = System.nanoTime();
    private final Site site;

    /**
     * Starts the servers.
     *
     * @param interrupted ends the run early, unjudged
     * @param out where it tells what it does
     */
    Run(RunOptions options, CountDownLatch interrupted, PrintStream out) throws IOException, SQLException {
        this.options = options;
        this.interrupted = interrupted;
        this.out = out;
        out.println("seed " + options.seed() + "; the same again: " + options.command());
        out.println("logs: " + options.folder().resolve("logs"));
        this.site = new Site(options);
        if (site.consumers().size() == 1) {
            out.println("one consumer");
        }
    }

    /** Runs to the end; empty when it was interrupted. */
    Optional<Outcome> judged() throws InterruptedException, IOException, SQLException {
        site.start();
        awaitFirstEffect();
        Map<Kind, Integer> faults;
        boolean interruptedNow;
        long redriven;
        try (Operator operator = new Operator(site.brokerSettings(), site.databaseUrl(), site.folder())) {
            operator.start();
            faults = storm();
            say("the storm is over; all is mended, and what is under way may arrive");
            site.start();
            site.stopProducers();
            interruptedNow = !arrived();
            redriven = operator.redriven();
        }
        site.stopAll();
        if (interruptedNow) {
            return Optional.empty();
        }
        return Optional.of(outcome(faults, redriven));
    }

    private Outcome outcome(Map<Kind, Integer> faults, long redriven) throws IOException, SQLException {
        Remains remains = Remains.look(site.brokerSettings(), site.databaseUrl());
        List<Entry> ledger = Tables.ledger(site.databaseUrl());
        return new Outcome(
                options,
                ledger,
                verdicts(ledger, givenUp(remains.letters())),
                new Losses(
                        site.damages(),
                        lines(Roles.INCIDENTS).stream().map(LossReport::of).toList()),
                site.waited(),
                faults,
                redriven,
                remains.outbox().waiting() + remains.outbox().parked(),
                site.desertions(),
                Duration.ofNanos(System.nanoTime() - start));
    }

    /** Where a receiver has no effects that could be counted, its calls stand for them. */
    private Map<Listener, Verdict> verdicts(List<Entry> ledger, Set<String> givenUp) throws IOException, SQLException {
        Deliveries deliveries = Deliveries.read(site.folder().resolve(Roles.DELIVERIES));
        Set<String> gone = Tables.gone(site.databaseUrl());
        Map<Listener, Verdict> verdicts = new EnumMap<>(Listener.class);
        for (Listener listener : Listener.values()) {
            List<Entry> calls = deliveries.of(listener);
            List<Entry> effects = listener.hasEffects()
                    ? Tables.effects(site.databaseUrl(), listener)
                    : List.copyOf(new LinkedHashSet<>(calls));
            verdicts.put(listener, Judge.judge(ledger, calls, givenUp, effects, gone));
        }
        return verdicts;
    }

    /** The storm begins when everything works: what fails before is a fault of the rig's. */
    private void awaitFirstEffect() throws InterruptedException, SQLException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (!Tables.hasEffects(site.databaseUrl())) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("No event has had an effect after " + LONGEST_START.toSeconds()
                        + " s without any fault; see the logs in " + site.logs());
            }
            if (interrupted.await(GLANCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        }
        say("every part works; the storm begins");
    }

    private Map<Kind, Integer> storm() throws InterruptedException {
        try (Storm storm = new Storm(plan(), site.breakables(), fault -> out.println(fault))) {
            CompletableFuture<Map<Kind, Integer>> raging = CompletableFuture.supplyAsync(() -> {
                try {
                    return storm.rage();
                } catch (InterruptedException e) {
                    throw new CompletionException(e);
                }
            });
            long end = System.nanoTime() + options.time().toNanos();
            while (System.nanoTime() - end < 0
                    && !raging.isDone()
                    && !enoughEvents()
                    && !interrupted.await(GLANCE.toMillis(), TimeUnit.MILLISECONDS)) {
                // the condition is all
            }
            storm.enough();
            return raging.join();
        }
    }

    private Iterator<Fault> plan() {
        return options.persistent()
                ? new FaultPlan(options.seed(), options.pace(), site.targets())
                : new ForgetfulPlan(
                        options.seed(), site.broker(), site.consumers().get(0));
    }

    private boolean enoughEvents() {
        try {
            return options.events() > 0 && Tables.sent(site.databaseUrl()) >= options.events();
        } catch (SQLException e) {
            // The database is away: a fault of the plan's.
            return false;
        }
    }

    /** Waits until every receiver has had every event, or nothing has come for long; answers false when interrupted. */
    private boolean arrived() throws InterruptedException, IOException, SQLException {
        Path file = site.folder().resolve(Roles.DELIVERIES);
        long before = -1;
        long lastProgress = System.nanoTime();
        while (!interrupted.await(LONG_GLANCE.toMillis(), TimeUnit.MILLISECONDS)) {
            long missing = missing(file);
            if (missing == 0) {
                return true;
            }
            long size = Files.size(file);
            if (size != before) {
                before = size;
                lastProgress = System.nanoTime();
            } else if (System.nanoTime() - lastProgress > options.patience().toNanos()) {
                say("nothing has come for " + options.patience().toSeconds() + " s: no longer waiting for " + missing
                        + " events");
                return true;
            }
        }
        return false;
    }

    private long missing(Path deliveries) throws IOException, SQLException {
        Set<String> wanted = Tables.ledger(site.databaseUrl()).stream()
                .map(Entry::id)
                .collect(Collectors.toCollection(HashSet::new));
        wanted.removeAll(Tables.gone(site.databaseUrl()));
        Set<String> unhandled = new HashSet<>(wanted);
        unhandled.removeAll(Tables.handled(site.databaseUrl(), 0));
        return unhandled.isEmpty() ? Deliveries.read(deliveries).missing(wanted) : unhandled.size();
    }

    /** The causes go to a file beside the logs. */
    private Set<String> givenUp(List<DeadLetter> letters) throws IOException {
        Files.write(
                site.logs().resolve("dead-letters"),
                letters.stream().map(letter -> letter + ": " + letter.cause()).toList());
        return letters.stream().map(letter -> String.valueOf(letter.eventId())).collect(Collectors.toSet());
    }

    private List<String> lines(String name) throws IOException {
        Path file = site.folder().resolve(name);
        return Files.exists(file) ? Files.readAllLines(file, UTF_8) : List.of();
    }

    private void say(String what) {
        out.printf("%6.1f s  %s%n", (System.nanoTime() - start) / 1e9, what);
    }

    /** Ends everything that it started. */
    @Override
    public void close() {
        site.close();
    }
}
