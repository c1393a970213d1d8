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
 * every two seconds or so while messages come. The polling thread's.
 */
final class SharedNews {

    private static final long REFRESH_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Where there are so many letters that looking them up takes long, it is done less often. */
    private static final long TIMES_ITS_DURATION = 10;

    private final GivenUp givenUp;
    private final StopSignal stop;
    private final Set<Partition> known = new HashSet<>();
    private long nextRefresh = System.nanoTime();

    SharedNews(GivenUp givenUp, StopSignal stop) {
        this.givenUp = givenUp;
        this.stop = stop;
    }

    /** Answers false when the end was requested before that was done: then the messages must not be delivered. */
    boolean isKnownFor(List<IncomingMessage> batch) {
        if (!givenUp.isShared()) {
            return true;
        }
        boolean news = System.nanoTime() - nextRefresh > 0;
        for (IncomingMessage message : batch) {
            news |= known.add(new Partition(message.topic(), message.partition()));
        }
        if (news) {
            long begun = System.nanoTime();
            boolean isKnown = givenUp.refresh(stop);
            long end = System.nanoTime();
            nextRefresh = end + Math.max(REFRESH_NANOS, TIMES_ITS_DURATION * (end - begun));
            return isKnown;
        }
        return true;
    }

    /** These partitions become another member's. */
    void forget(Collection<Partition> partitions) {
        known.removeAll(partitions);
    }
}
