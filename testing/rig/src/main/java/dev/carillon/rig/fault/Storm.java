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
 * Carries out a plan: injects faults at their times and repairs them. A slow step, such as the restart of a broker, delays only further
 * faults of the same target.
 */
public final class Storm implements AutoCloseable {

    private record Step(Duration at, boolean repairs, Fault fault) {}

    private final Iterator<Fault> plan;
    private final Map<String, FaultInjector> injectors;
    private final Consumer<Fault> onFault;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final PriorityQueue<Step> steps = new PriorityQueue<>(Comparator.comparing(Step::at));
    private final Map<String, CompletableFuture<Void>> queues = new HashMap<>();
    private final Map<FaultKind, Integer> counts = new EnumMap<>(FaultKind.class);
    private final ExecutorService workers = Executors.newCachedThreadPool();

    /**
     * A storm that has not started.
     *
     * @param plan the faults in order of time
     * @param injectors by the names of the targets in the plan
     * @param onFault called with each fault when it starts
     */
    public Storm(Iterator<Fault> plan, Map<String, FaultInjector> injectors, Consumer<Fault> onFault) {
        this.plan = plan;
        this.injectors = Map.copyOf(injectors);
        this.onFault = onFault;
    }

    /**
     * Runs in the calling thread until {@link #stop}; returns when everything is repaired.
     *
     * @return the number of faults by kind
     */
    public Map<FaultKind, Integer> run() throws InterruptedException {
        long start = System.nanoTime();
        steps.add(injection(plan.next()));
        while (!isStoppedBefore(start, steps.element().at())) {
            Step step = steps.remove();
            if (step.fault().kind().isExclusive()) {
                start = runExclusively(step.fault());
                steps.add(injection(plan.next()));
                continue;
            }
            carryOut(step);
            if (!step.repairs()) {
                steps.add(new Step(step.at().plus(step.fault().duration()), true, step.fault()));
                steps.add(injection(plan.next()));
            }
        }
        steps.stream().filter(Step::repairs).forEach(this::carryOut);
        awaitQueues();
        return Map.copyOf(counts);
    }

    private void awaitQueues() {
        CompletableFuture.allOf(queues.values().toArray(CompletableFuture[]::new))
                .join();
    }

    /**
     * Injects and repairs a fault while nothing else is broken, and waits until both are done. Where that takes longer than planned, the
     * rest of the plan is delayed; returns the corrected start of the plan.
     */
    private long runExclusively(Fault fault) throws InterruptedException {
        awaitQueues();
        FaultInjector injector = injector(fault);
        report(fault);
        injector.inject(fault.kind());
        try {
            stopped.await(fault.duration().toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            injector.repair(fault.kind());
        }
        return System.nanoTime() - fault.at().plus(fault.duration()).toNanos();
    }

    private static Step injection(Fault fault) {
        return new Step(fault.at(), false, fault);
    }

    /** Waits until this time of the plan, or until the storm is stopped; returns whether it was stopped. */
    private boolean isStoppedBefore(long start, Duration at) throws InterruptedException {
        return stopped.await(at.toNanos() - (System.nanoTime() - start), TimeUnit.NANOSECONDS);
    }

    private void carryOut(Step step) {
        Fault fault = step.fault();
        FaultInjector injector = injector(fault);
        if (!step.repairs()) {
            report(fault);
        }
        queues.compute(
                fault.target(),
                (name, before) -> (before == null ? CompletableFuture.<Void>completedFuture(null) : before)
                        .thenRunAsync(() -> apply(injector, step), workers));
    }

    private FaultInjector injector(Fault fault) {
        FaultInjector injector = injectors.get(fault.target());
        if (injector == null) {
            throw new IllegalArgumentException("The plan has a fault for target '" + fault.target()
                    + "', but the targets are " + injectors.keySet());
        }
        return injector;
    }

    private void report(Fault fault) {
        counts.merge(fault.kind(), 1, Integer::sum);
        onFault.accept(fault);
    }

    private static void apply(FaultInjector injector, Step step) {
        if (step.repairs()) {
            injector.repair(step.fault().kind());
        } else {
            injector.inject(step.fault().kind());
        }
    }

    /** Ends the storm; may be called from any thread. */
    public void stop() {
        stopped.countDown();
    }

    @Override
    public void close() {
        stop();
        workers.shutdownNow();
    }
}
