package dev.carillon.rig.service;

import dev.carillon.bus.jdbc.TransactionalReceiver;
import dev.carillon.events.Event;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A receiver that fails, blocks, throws errors or interrupts its thread, for some counters and while a {@link FaultSwitch} is on. */
final class MisbehavingReceiver implements TransactionalReceiver<Step> {

    private static final int VARIANTS = 3;

    private final Path folder;
    private final DeliveryRecorder recorder;
    private final EffectWriter effect;

    MisbehavingReceiver(Path folder, DeliveryRecorder recorder, EffectWriter effect) {
        this.folder = folder;
        this.recorder = recorder;
        this.effect = effect;
    }

    @Override
    public void receive(Event<Step> event, Connection connection) throws Exception {
        Step step = event.data();
        if (Counters.isHot(step) && isOn(FaultSwitch.HOT_KEY)) {
            throw new IllegalStateException(step.counter() + " #" + step.number() + " fails while the key is hot");
        }
        boolean misbehaves = Counters.isMisbehaving(step);
        if (misbehaves && isOn(FaultSwitch.BLOCK)) {
            waitUntilOff(FaultSwitch.BLOCK);
        }
        if (misbehaves && isOn(FaultSwitch.ERROR)) {
            throwError(step);
        }
        boolean interrupts = misbehaves && isOn(FaultSwitch.INTERRUPT);
        if (interrupts) {
            throwInterrupted(step);
        }
        recorder.record(ReceiverName.MIRROR, event);
        effect.receive(event, connection);
        if (interrupts) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isOn(FaultSwitch condition) {
        return condition.isOn(folder);
    }

    private void waitUntilOff(FaultSwitch condition) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        boolean open = false;
        while (!open && isOn(condition)) {
            open = never.await(100, TimeUnit.MILLISECONDS);
        }
    }

    private static void throwError(Step step) {
        String what = step.counter() + " #" + step.number();
        switch (Math.toIntExact(step.number() % VARIANTS)) {
            case 0 -> throw new AssertionError(what + " fails an assertion");
            case 1 -> throw new IllegalStateException("not reached: " + overflowStack(1));
            default -> throw new IllegalStateException("not reached: " + new long[Integer.MAX_VALUE].length);
        }
    }

    private static long overflowStack(long level) {
        return level < 0 ? 0 : level + overflowStack(level + 1);
    }

    /** Throws for two of three events; the third is handled, and leaves the thread interrupted. */
    private static void throwInterrupted(Step step) throws InterruptedException {
        switch (Math.toIntExact(step.number() % VARIANTS)) {
            case 0 -> throw new InterruptedException(step.counter() + " #" + step.number() + " is interrupted");
            case 1 -> {
                Thread.currentThread().interrupt();
                throw new PoisonException(step);
            }
            default -> {
                // is handled; the caller sets the flag after that
            }
        }
    }
}
