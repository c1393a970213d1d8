package dev.carillon.bus.transport;

import dev.carillon.events.EventMetadata;
import dev.carillon.events.internal.IsoTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * The header names that a wire format uses for the fields of {@link EventMetadata}.
 *
 * @param eventType the event type, such as {@code type} or {@code ce_type}
 * @param id the event's id
 * @param source the logical sender
 * @param time the time
 * @param minorVersion the minor version
 * @param sourceHost the sender's host
 * @param sourceLib the release of the event library
 * @param constants additional headers of each message
 * @param strict whether headers are taken literally, as Python does on Kafka: the id is required, each header may occur once,
 *     and an empty header is an empty value. If false, as on Redis, the last of several headers counts, and a missing or empty
 *     one has the default value of new metadata
 */
public record HeaderNames(
        String eventType,
        String id,
        String source,
        String time,
        String minorVersion,
        String sourceHost,
        String sourceLib,
        List<Header> constants,
        boolean strict) {

    /** Names for a wire format that is not strict. */
    public HeaderNames(
            String eventType,
            String id,
            String source,
            String time,
            String minorVersion,
            String sourceHost,
            String sourceLib,
            List<Header> constants) {
        this(eventType, id, source, time, minorVersion, sourceHost, sourceLib, constants, false);
    }

    /** The same names, for a strict wire format. */
    public HeaderNames asStrict() {
        return new HeaderNames(eventType, id, source, time, minorVersion, sourceHost, sourceLib, constants, true);
    }

    /** Copies the constants. */
    public HeaderNames {
        constants = List.copyOf(constants);
    }

    /** The headers of an event, in the order of the wire format: the metadata, then the constants. */
    public List<Header> write(EventMetadata metadata) {
        List<Header> headers = new ArrayList<>(7 + constants.size());
        headers.add(Header.of(eventType, metadata.eventType()));
        headers.add(Header.of(id, metadata.id().toString()));
        headers.add(Header.of(source, metadata.source()));
        headers.add(Header.of(time, IsoTime.format(metadata.time().atOffset(ZoneOffset.UTC))));
        headers.add(Header.of(minorVersion, Integer.toString(metadata.minorVersion())));
        headers.add(Header.of(sourceHost, metadata.sourceHost()));
        headers.add(Header.of(sourceLib, metadata.sourceLib().toString()));
        headers.addAll(constants);
        return headers;
    }
}
