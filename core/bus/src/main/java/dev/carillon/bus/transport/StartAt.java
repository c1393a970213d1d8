package dev.carillon.bus.transport;

import dev.carillon.events.internal.IsoTime;
import java.time.Instant;
import java.time.ZoneOffset;

/** Where a consumer group begins that does not exist yet. A group that exists is never moved. */
public sealed interface StartAt {

    /** With the first message that arrives after the group was made. */
    static StartAt latest() {
        return Edge.LATEST;
    }

    /** With the oldest message that the topic still holds. */
    static StartAt earliest() {
        return Edge.EARLIEST;
    }

    /** Behind the message at this position, in the broker's own words (on Redis an entry id). */
    static StartAt after(String position) {
        return new After(position);
    }

    /** With the first message that arrived at this time or later. */
    static StartAt time(Instant time) {
        return new Time(time);
    }

    /** One end of the topic. */
    enum Edge implements StartAt {
        /** The oldest message. */
        EARLIEST,
        /** Behind the newest message. */
        LATEST
    }

    /**
     * Behind a message.
     *
     * @param position the message's position
     */
    record After(String position) implements StartAt {}

    /**
     * At a time.
     *
     * @param time when the first message arrived, by the broker's clock
     */
    record Time(Instant time) implements StartAt {
        @Override
        public String toString() {
            return IsoTime.format(time.atOffset(ZoneOffset.UTC));
        }
    }
}
