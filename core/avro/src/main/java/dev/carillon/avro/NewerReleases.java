package dev.carillon.avro;

import dev.carillon.events.LibraryVersion;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs, once per release, that messages of an event type come from a release newer than all known ones. Thread-safe. */
final class NewerReleases {

    private static final Logger LOG = LoggerFactory.getLogger(EventCodec.class);

    /** Release names are untrusted: at most this many are logged. */
    private static final int MAX_RELEASES = 16;

    private final String eventType;
    private final LibraryVersion newest;
    private final Set<LibraryVersion> logged = ConcurrentHashMap.newKeySet();

    NewerReleases(String eventType, LibraryVersion newest) {
        this.eventType = eventType;
        this.newest = newest;
    }

    void note(LibraryVersion writer, String what) {
        if (logged.size() < MAX_RELEASES && logged.add(writer)) {
            LOG.warn(
                    "Event {} of release {} of the event library {}; this service knows releases up to {}. Update it soon",
                    eventType,
                    writer,
                    what,
                    newest);
        }
    }
}
