package dev.carillon.rig;

import dev.carillon.rig.fault.Fault;
import dev.carillon.rig.fault.FaultKind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** An endless plan in which the broker crashes while a consumer is paused, so that it has events that were not delivered yet. */
final class DataLossPlan implements Iterator<Fault> {

    private static final Duration PAUSE = Duration.ofSeconds(3);

    private final RandomGenerator random;
    private final String broker;
    private final String consumer;
    private final Queue<Fault> next = new ArrayDeque<>();
    private Duration now = Duration.ofSeconds(1);

    DataLossPlan(long seed, String broker, String consumer) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.broker = broker;
        this.consumer = consumer;
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public Fault next() {
        if (next.isEmpty()) {
            next.add(new Fault(now, FaultKind.PAUSE, consumer, PAUSE));
            next.add(new Fault(
                    now.plusMillis(1_500), FaultKind.CRASH, broker, Duration.ofMillis(random.nextLong(100, 1_000))));
            now = now.plus(PAUSE).plusMillis(random.nextLong(3_000, 6_000));
        }
        return next.remove();
    }
}
