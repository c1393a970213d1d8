package dev.carillon.rig.fault;

import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Carries out a plan: breaks things at their times and mends them. What takes its time, such as the start of a broker, delays only
 * what happens to the same thing.
 */
public final class Storm implements AutoCloseable {

    private record Step(Duration at, boolean mends, Fault fault) {}

    private final Iterator<Fault> plan;
    private final Map<String, Breakable> targets;
    private final Consumer<Fault> told;
    private final CountDownLatch enough = new CountDownLatch(1);
    private final PriorityQueue<Step> steps = new PriorityQueue<>(Comparator.comparing(Step::at));
    private final Map<String, CompletableFuture<Void>> queues = new HashMap<>();
    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    private final ExecutorService workers = Executors.newCachedThreadPool();

    /**
     * A storm that has not begun.
     *
     * @param plan in order of time
     * @param targets what the plan names
     * @param told hears of each fault as it begins
     */
    public Storm(Iterator<Fault> plan, Map<String, Breakable> targets, Consumer<Fault> told) {
        this.plan = plan;
        this.targets = Map.copyOf(targets);
        this.told = told;
    }

    /** Rages in the calling thread until there has been {@link #enough}; returns when everything is mended. */
    public Map<Kind, Integer> rage() throws InterruptedException {
        long start = System.nanoTime();
        steps.add(begin(plan.next()));
        while (!await(start, steps.element().at())) {
            Step step = steps.remove();
            if (step.fault().kind().isAlone()) {
                start = alone(step.fault());
                steps.add(begin(plan.next()));
                continue;
            }
            carryOut(step);
            if (!step.mends()) {
                steps.add(new Step(step.at().plus(step.fault().hold()), true, step.fault()));
                steps.add(begin(plan.next()));
            }
        }
        steps.stream().filter(Step::mends).forEach(this::carryOut);
        awaitQueues();
        return Map.copyOf(counts);
    }

    private void awaitQueues() {
        CompletableFuture.allOf(queues.values().toArray(CompletableFuture[]::new))
                .join();
    }

    /**
     * Breaks and mends a thing while everything else is whole, and waits for all of it. The time of the plan stands still
     * while that takes longer than planned; answers when the plan would have begun now.
     */
    private long alone(Fault fault) throws InterruptedException {
        awaitQueues();
        Breakable target = target(fault);
        tell(fault);
        target.breakBy(fault.kind());
        try {
            enough.await(fault.hold().toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            target.mend(fault.kind());
        }
        return System.nanoTime() - fault.at().plus(fault.hold()).toNanos();
    }

    private static Step begin(Fault fault) {
        return new Step(fault.at(), false, fault);
    }

    /** Answers whether there was enough by then. */
    private boolean await(long start, Duration at) throws InterruptedException {
        return enough.await(at.toNanos() - (System.nanoTime() - start), TimeUnit.NANOSECONDS);
    }

    private void carryOut(Step step) {
        Fault fault = step.fault();
        Breakable target = target(fault);
        if (!step.mends()) {
            tell(fault);
        }
        queues.compute(
                fault.target(),
                (name, before) -> (before == null ? CompletableFuture.<Void>completedFuture(null) : before)
                        .thenRunAsync(() -> act(target, step), workers));
    }

    private Breakable target(Fault fault) {
        Breakable target = targets.get(fault.target());
        if (target == null) {
            throw new IllegalArgumentException(
                    "The plan names '" + fault.target() + "', but there are " + targets.keySet());
        }
        return target;
    }

    private void tell(Fault fault) {
        counts.merge(fault.kind(), 1, Integer::sum);
        told.accept(fault);
    }

    private static void act(Breakable target, Step step) {
        if (step.mends()) {
            target.mend(step.fault().kind());
        } else {
            target.breakBy(step.fault().kind());
        }
    }

    /** Ends it; may be called by any thread. */
    public void enough() {
        enough.countDown();
    }

    @Override
    public void close() {
        enough();
        workers.shutdownNow();
    }
}
