package dev.carillon.bus;

import dev.carillon.bus.spi.IncomingMessage;
import dev.carillon.bus.spi.Partition;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Looks up what other members of the group and operators did about dead letters: before the first message of a partition, and
 * every two seconds while messages come. The polling thread's.
 */
final class SharedNews {

    private static final long REFRESH_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final GivenUp givenUp;
    private final StopSignal stop;
    private final Set<Partition> known = new HashSet<>();
    private long lastRefresh;

    SharedNews(GivenUp givenUp, StopSignal stop) {
        this.givenUp = givenUp;
        this.stop = stop;
    }

    /** Answers false when the end was requested before that was done: then the messages must not be delivered. */
    boolean isKnownFor(List<IncomingMessage> batch) {
        if (!givenUp.isShared()) {
            return true;
        }
        boolean news = System.nanoTime() - lastRefresh > REFRESH_NANOS;
        for (IncomingMessage message : batch) {
            news |= known.add(new Partition(message.topic(), message.partition()));
        }
        if (news) {
            lastRefresh = System.nanoTime();
            return givenUp.refresh(stop);
        }
        return true;
    }

    /** These partitions become another member's. */
    void forget(Collection<Partition> partitions) {
        known.removeAll(partitions);
    }
}
