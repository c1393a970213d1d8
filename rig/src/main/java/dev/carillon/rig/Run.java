package dev.carillon.rig;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.bus.DeadLetter;
import dev.carillon.rig.fault.Fault;
import dev.carillon.rig.fault.FaultPlan;
import dev.carillon.rig.fault.Kind;
import dev.carillon.rig.fault.Storm;
import dev.carillon.rig.judge.Entry;
import dev.carillon.rig.judge.Judge;
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
import java.util.Iterator;
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
            out.println("one consumer at a time, under one name: Redis hands a group's entries to its members without"
                    + " regard to keys, so it promises the order of keys to one member only");
        }
    }

    /** Runs to the end; empty when it was interrupted. */
    Optional<Outcome> judged() throws InterruptedException, IOException, SQLException {
        site.start();
        awaitFirstEffect();
        Map<Kind, Integer> faults;
        boolean interruptedNow;
        long redriven;
        try (Operator operator = new Operator(site.brokerSettings(), site.databaseUrl())) {
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
        Remains remains = Remains.look(site.brokerSettings(), site.databaseUrl());
        List<Entry> ledger = Tables.ledger(site.databaseUrl());
        return Optional.of(new Outcome(
                options,
                ledger,
                Judge.judge(ledger, deliveries(), givenUp(remains.letters()), Tables.effects(site.databaseUrl())),
                faults,
                redriven,
                remains.outbox().waiting() + remains.outbox().parked(),
                lines(Roles.INCIDENTS),
                site.desertions(),
                Duration.ofNanos(System.nanoTime() - start)));
    }

    /** The storm begins when everything works: what fails before is a fault of the rig's. */
    private void awaitFirstEffect() throws InterruptedException, SQLException {
        long deadline = System.nanoTime() + options.patience().toNanos();
        while (Tables.applied(site.databaseUrl()) == 0) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("No event has had an effect after "
                        + options.patience().toSeconds() + " s without any fault; see the logs in " + site.logs());
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

    /** Waits until every event has had its effect, or nothing has come for long; answers false when interrupted. */
    private boolean arrived() throws InterruptedException, SQLException {
        long sent = Tables.sent(site.databaseUrl());
        long before = -1;
        long lastProgress = System.nanoTime();
        while (!interrupted.await(GLANCE.toMillis(), TimeUnit.MILLISECONDS)) {
            long applied = Tables.applied(site.databaseUrl());
            if (applied >= sent) {
                return true;
            }
            if (applied != before) {
                before = applied;
                lastProgress = System.nanoTime();
            } else if (System.nanoTime() - lastProgress > options.patience().toNanos()) {
                say("nothing has come for " + options.patience().toSeconds() + " s: no longer waiting for "
                        + (sent - applied) + " events");
                return true;
            }
        }
        return false;
    }

    /** The causes go to a file beside the logs. */
    private Set<String> givenUp(List<DeadLetter> letters) throws IOException {
        Files.write(
                site.logs().resolve("dead-letters"),
                letters.stream().map(letter -> letter + ": " + letter.cause()).toList());
        return letters.stream().map(letter -> String.valueOf(letter.eventId())).collect(Collectors.toSet());
    }

    private List<Entry> deliveries() throws IOException {
        return lines(Roles.DELIVERIES).stream().map(Run::entry).toList();
    }

    private static Entry entry(String line) {
        String[] words = line.split(" ", -1);
        return new Entry(words[0], words[1], Long.parseLong(words[2]));
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
