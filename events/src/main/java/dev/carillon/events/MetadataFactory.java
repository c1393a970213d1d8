package dev.carillon.events;

import com.fasterxml.uuid.EthernetAddress;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedGenerator;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes the metadata of new events. Thread-safe. */
final class MetadataFactory {

    private final String source;
    private final String sourceHost;
    private final Clock clock;

    /** A random node instead of the network card's address, which would give away the machine. */
    private final TimeBasedGenerator ids = Generators.timeBasedGenerator(EthernetAddress.constructMulticastAddress());

    MetadataFactory(@Nullable String serviceName, @Nullable String sourceHost, Clock clock) {
        this.source = "openedx/" + (serviceName == null ? "SERVICE_NAME_UNSET" : serviceName) + "/web";
        this.sourceHost = sourceHost == null ? hostName() : sourceHost;
        this.clock = clock;
    }

    EventMetadata create(Signal<?> signal, @Nullable Instant time) {
        return new EventMetadata(
                signal.eventType(),
                ids.generate(),
                signal.minorVersion(),
                source,
                sourceHost,
                time == null ? clock.instant() : time,
                LibraryVersion.CURRENT);
    }

    String source() {
        return source;
    }

    String sourceHost() {
        return sourceHost;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // The message names the host whose address could not be found, but not in a form to rely on.
            return "localhost";
        }
    }
}
