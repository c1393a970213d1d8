package dev.carillon.events;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;

/**
 * Who sent an event and when: the fields of the Open edX message format (OEP-41).
 *
 * @param eventType the event type, such as {@code org.openedx.learning.certificate.created.v1}
 * @param id unique per event; a time-based UUID (version 1) when created here
 * @param minorVersion the minor version of the event type, 0 or more
 * @param source the logical sender, {@code openedx/<service>/web}
 * @param sourceHost the host name of the sender
 * @param time when the event happened, in UTC, with the wire's precision of microseconds: further digits are truncated
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

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final int NANOS_PER_MICRO = 1_000;

    /**
     * Truncates the time to microseconds.
     *
     * @throws IllegalArgumentException when the minor version is negative, or the time not within the years 1 to 9999,
     *     which are all that the other services can read
     */
    public EventMetadata {
        requireNonNull(eventType, "eventType");
        requireNonNull(id, "id");
        requireNonNull(source, "source");
        requireNonNull(sourceHost, "sourceHost");
        requireNonNull(sourceLib, "sourceLib");
        requireNonNull(time, "time");
        if (minorVersion < 0) {
            throw new IllegalArgumentException("minorVersion must be 0 or more, but was " + minorVersion);
        }
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new IllegalArgumentException("time must be within the years 1 to 9999, but was " + time);
        }
        time = cutToMicros(time);
    }

    /** Done by hand because truncatedTo takes longer than everything else here. */
    private static Instant cutToMicros(Instant time) {
        int finer = time.getNano() % NANOS_PER_MICRO;
        return finer == 0 ? time : Instant.ofEpochSecond(time.getEpochSecond(), time.getNano() - finer);
    }

    /** The metadata as JSON, in the format of the Python library's {@code to_json}. */
    public String toJson() {
        return MetadataJson.write(this);
    }

    /**
     * Parses the output of {@link #toJson()} or of the Python library's {@code to_json}. Unknown fields are ignored; a
     * missing {@code minorversion} is 0.
     *
     * @throws IllegalArgumentException naming the field, its value and the expected one
     */
    public static EventMetadata fromJson(String json) {
        return MetadataJson.read(json);
    }
}
