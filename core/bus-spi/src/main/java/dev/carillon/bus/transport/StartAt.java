package dev.carillon.bus.transport;

import dev.carillon.events.internal.IsoTime;
import java.time.Instant;
import java.time.ZoneOffset;

/** Where a consumer group starts that does not exist yet. A group that exists is never moved. */
public sealed interface StartAt {

    /** At the first message that arrives after the group was created. */
    static StartAt latest() {
        return Edge.LATEST;
    }

    /** At the oldest message that the topic still contains. */
    static StartAt earliest() {
        return Edge.EARLIEST;
    }

    /** After the message at this position, in the broker's format (on Redis an entry id). */
    static StartAt after(String position) {
        return new After(position);
    }

    /** At the first message that arrived at this time or later. */
    static StartAt time(Instant time) {
        return new Time(time);
    }

    /** One end of the topic. */
    enum Edge implements StartAt {
        /** The oldest message. */
        EARLIEST,
        /** After the newest message. */
        LATEST
    }

    /**
     * After a message.
     *
     * @param position the message's position
     */
    record After(String position) implements StartAt {}

    /**
     * At a time.
     *
     * @param time the earliest arrival time of the first message, by the broker's clock
     */
    record Time(Instant time) implements StartAt {
        @Override
        public String toString() {
            return IsoTime.format(time.atOffset(ZoneOffset.UTC));
        }
    }
}
