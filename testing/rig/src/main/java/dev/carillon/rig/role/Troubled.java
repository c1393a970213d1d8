package dev.carillon.rig.role;

import dev.carillon.bus.jdbc.TransactionalReceiver;
import dev.carillon.events.Event;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A receiver whose code does what code should not do, on some counters and for as long as the run wants it to. */
final class Troubled implements TransactionalReceiver<Step> {

    private static final int WAYS = 3;

    private final Path folder;
    private final Recorder recorder;
    private final Effect effect;

    Troubled(Path folder, Recorder recorder, Effect effect) {
        this.folder = folder;
        this.recorder = recorder;
        this.effect = effect;
    }

    @Override
    public void receive(Event<Step> event, Connection connection) throws Exception {
        Step step = event.data();
        if (Counters.isHot(step) && isOn(Condition.HOT_KEY)) {
            throw new IllegalStateException(step.counter() + " #" + step.number() + " fails for a while");
        }
        boolean troubled = Counters.isTroubled(step);
        if (troubled && isOn(Condition.BLOCK)) {
            waitUntilOff(Condition.BLOCK);
        }
        if (troubled && isOn(Condition.ERROR)) {
            fail(step);
        }
        boolean interrupts = troubled && isOn(Condition.INTERRUPT);
        if (interrupts) {
            failInterrupted(step);
        }
        recorder.record(Listener.MIRROR, event);
        effect.receive(event, connection);
        if (interrupts) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isOn(Condition condition) {
        return condition.isOn(folder);
    }

    private void waitUntilOff(Condition condition) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        boolean open = false;
        while (!open && isOn(condition)) {
            open = never.await(100, TimeUnit.MILLISECONDS);
        }
    }

    private static void fail(Step step) {
        String what = step.counter() + " #" + step.number();
        switch (Math.toIntExact(step.number() % WAYS)) {
            case 0 -> throw new AssertionError(what + " is asserted in vain");
            case 1 -> throw new IllegalStateException("deeper than any stack: " + deep(1));
            default -> throw new IllegalStateException("longer than any array: " + new long[Integer.MAX_VALUE].length);
        }
    }

    private static long deep(long level) {
        return level < 0 ? 0 : level + deep(level + 1);
    }

    /** Every third is handled, and leaves the thread interrupted. */
    private static void failInterrupted(Step step) throws InterruptedException {
        switch (Math.toIntExact(step.number() % WAYS)) {
            case 0 -> throw new InterruptedException(step.counter() + " #" + step.number() + " is interrupted");
            case 1 -> {
                Thread.currentThread().interrupt();
                throw new PoisonException(step);
            }
            default -> {
                // leaves the flag, behind its work
            }
        }
    }
}
