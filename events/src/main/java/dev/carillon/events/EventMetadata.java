package dev.carillon.events;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Who sent an event, and when: the fields of the Open edX message format (OEP-41).
 *
 * @param eventType the event type, such as {@code org.openedx.learning.certificate.created.v1}
 * @param id unique per event; a time-based UUID (version 1) when made here
 * @param minorVersion the minor version of the event type, 0 or more
 * @param source the logical sender, {@code openedx/<service>/web}
 * @param sourceHost the host name of the sender
 * @param time when the event happened, in UTC. Microseconds, the wire's precision: finer digits are cut off
 * @param sourceLib the release of the event library that wrote the event
 */
public record EventMetadata(
        String eventType,
        UUID id,
        int minorVersion,
        String source,
        String sourceHost,
        Instant time,
        LibraryVersion sourceLib) {

    /**
     * Cuts the time to microseconds.
     *
     * @throws IllegalArgumentException when the minor version is negative
     */
    public EventMetadata {
        requireNonNull(eventType, "eventType");
        requireNonNull(id, "id");
        requireNonNull(source, "source");
        requireNonNull(sourceHost, "sourceHost");
        requireNonNull(sourceLib, "sourceLib");
        time = time.truncatedTo(ChronoUnit.MICROS);
        if (minorVersion < 0) {
            throw new IllegalArgumentException("minorVersion must be 0 or more, but was " + minorVersion);
        }
    }

    /** The JSON text that the Python library's {@code to_json} writes for the same metadata. */
    public String toJson() {
        return MetadataJson.write(this);
    }

    /**
     * Reads what {@link #toJson()} or the Python library's {@code to_json} wrote. Unknown fields are ignored; a missing
     * {@code minorversion} is 0.
     *
     * @throws IllegalArgumentException naming the field, what it holds and what is expected
     */
    public static EventMetadata fromJson(String json) {
        return MetadataJson.read(json);
    }
}
