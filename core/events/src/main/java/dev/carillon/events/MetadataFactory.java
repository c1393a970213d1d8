package dev.carillon.events;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Creates the metadata of new events. Thread-safe. */
final class MetadataFactory {

    private final TimeBasedIds ids = new TimeBasedIds();
    private final @Nullable String serviceName;
    private final String source;
    private final String sourceHost;
    private final Clock clock;

    MetadataFactory(@Nullable String serviceName, @Nullable String sourceHost, Clock clock) {
        this.serviceName = serviceName;
        this.source = "openedx/" + (serviceName == null ? "SERVICE_NAME_UNSET" : serviceName) + "/web";
        this.sourceHost = sourceHost == null ? HostName.current() : sourceHost;
        this.clock = clock;
    }

    EventMetadata create(Signal<?> signal, @Nullable Instant time) {
        Instant now = clock.instant();
        return new EventMetadata(
                signal.eventType(),
                ids.next(now),
                signal.minorVersion(),
                source,
                sourceHost,
                time == null ? now : time,
                LibraryVersion.CURRENT);
    }

    Optional<String> serviceName() {
        return Optional.ofNullable(serviceName);
    }

    String source() {
        return source;
    }

    String sourceHost() {
        return sourceHost;
    }
}
