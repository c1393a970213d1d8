package dev.carillon.bus.internal.consumer;

import dev.carillon.bus.consumer.ConsumerCounts;
import java.util.concurrent.atomic.LongAdder;

/** Counters of a consumer. Thread-safe, without contention between workers. */
public final class ConsumerMetrics {

    final LongAdder received = new LongAdder();
    final LongAdder delivered = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder retried = new LongAdder();
    final LongAdder deadLettered = new LongAdder();
    final LongAdder undecodable = new LongAdder();
    final LongAdder unknownType = new LongAdder();
    final LongAdder withoutReceiver = new LongAdder();
    final LongAdder acknowledged = new LongAdder();
    public final LongAdder brokerErrors = new LongAdder();
    public final LongAdder incidents = new LongAdder();
    public final LongAdder lost = new LongAdder();

    public ConsumerCounts snapshot() {
        return new ConsumerCounts(
                received.sum(),
                delivered.sum(),
                failed.sum(),
                retried.sum(),
                deadLettered.sum(),
                undecodable.sum(),
                unknownType.sum(),
                withoutReceiver.sum(),
                acknowledged.sum(),
                brokerErrors.sum(),
                incidents.sum(),
                lost.sum());
    }
}
