package dev.carillon.bus.internal.consumer;

import dev.carillon.avro.EventCodecs;
import dev.carillon.bus.internal.Loggers;
import dev.carillon.bus.internal.deadletter.OwnTopics;
import dev.carillon.bus.transport.HeaderNames;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import dev.carillon.events.Subscription;
import dev.carillon.events.internal.Shown;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;

/**
 * Determines the event type of a message and whether this service has a receiver for it, from the headers alone: the data of
 * messages without a receiver are not decoded. Thread-safe.
 */
final class Resolver {

    private static final Logger LOG = Loggers.CONSUMER;
    private static final Resolution UNWANTED = new Resolution.Unwanted();
    private static final Resolution UNREACHABLE = new Resolution.Unreachable();
    /** How many event types that are skipped are logged by name. */
    private static final int MAX_LOGGED_TYPES = 100;

    private final Events events;
    private final EventCodecs codecs;
    private final MetadataReader metadata;
    private final OwnTopics ownTopics;
    private final ConsumerMetrics metrics;
    private final Set<String> skippedTypes = ConcurrentHashMap.newKeySet();

    Resolver(Events events, EventCodecs codecs, HeaderNames names, OwnTopics ownTopics, ConsumerMetrics metrics) {
        this.events = events;
        this.codecs = codecs;
        this.metadata = new MetadataReader(names, events);
        this.ownTopics = ownTopics;
        this.metrics = metrics;
    }

    /** Returns the resolution, which is computed once and cached in the message until it is deferred. */
    Resolution resolve(InFlightMessage message) {
        Resolution known = message.resolution();
        if (known != null) {
            return known;
        }
        Resolution resolution = resolution(message);
        message.setResolution(resolution);
        return resolution;
    }

    private Resolution resolution(InFlightMessage inFlight) {
        IncomingMessage message = inFlight.message();
        if (ownTopics.isForAnother(message)) {
            metrics.withoutReceiver.increment();
            return UNWANTED;
        }
        try {
            return resolution(message, inFlight.origin().isRedriven());
        } catch (RuntimeException e) {
            return new Resolution.Undecodable(e);
        } catch (AssertionError | StackOverflowError | OutOfMemoryError | LinkageError e) {
            // as while delivering: an error that one message causes, here on the polling thread, must not end the
            // consumer
            return new Resolution.Undecodable(new IllegalStateException(
                    "resolving it failed with " + e.getClass().getName(), e));
        }
    }

    private Resolution resolution(IncomingMessage message, boolean isRedriven) {
        String problem = message.problem();
        MetadataReader.Found headers = metadata.find(message);
        String eventType = headers.eventType();
        if (eventType == null) {
            throw new IllegalArgumentException(
                    problem == null ? "it has no header that names its event type" : problem);
        }
        Signal<?> signal = events.findSignal(eventType);
        boolean isWanted = signal != null && hasReceiver(signal) && events.isEnabled(signal);
        if (!isWanted && isRedriven) {
            return UNREACHABLE;
        }
        if (signal == null) {
            skipUnknown(message, eventType);
            return UNWANTED;
        }
        if (!isWanted) {
            skipWithoutReceiver(message, signal);
            return UNWANTED;
        }
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        return delivery(message, signal, headers);
    }

    /** The receiver that publishes the events of this service ignores those from the bus. */
    private boolean hasReceiver(Signal<?> signal) {
        for (Subscription receiver : events.receivers(signal)) {
            if (!receiver.receiverName().equals(Delivery.PUBLISHER_ID)) {
                return true;
            }
        }
        return false;
    }

    /** Logs each type once: many messages of a topic may have it. */
    private void skipWithoutReceiver(IncomingMessage message, Signal<?> signal) {
        metrics.withoutReceiver.increment();
        if (skippedTypes.size() < MAX_LOGGED_TYPES && skippedTypes.add(signal.eventType())) {
            LOG.info(
                    "Message {} is an event of type {}, for which no receiver is connected here; skipping messages of"
                            + " this type until one is",
                    message,
                    signal.eventType());
        }
    }

    /** Logs each type once: all messages of a topic may have it. */
    private void skipUnknown(IncomingMessage message, String eventType) {
        metrics.unknownType.increment();
        if (skippedTypes.size() < MAX_LOGGED_TYPES && skippedTypes.add(eventType)) {
            LOG.warn(
                    "Message {} has the event type {}, which is unknown here; skipping messages of this type",
                    message,
                    Shown.text(eventType));
        }
    }

    private <T> Delivery<T> delivery(IncomingMessage message, Signal<T> signal, MetadataReader.Found headers) {
        return new Delivery<>(message, headers.metadata(signal), signal, codecs.of(signal));
    }

    /** The result for the receivers of this service. */
    sealed interface Resolution permits Delivery, Resolution.Undecodable, Resolution.Unreachable, Resolution.Unwanted {

        /** It is not a valid event. */
        record Undecodable(RuntimeException problem) implements Resolution {}

        /** It is a redriven dead letter without a receiver here: it must not be lost. */
        record Unreachable() implements Resolution {}

        /** This service has no receiver for it. */
        record Unwanted() implements Resolution {}
    }
}
