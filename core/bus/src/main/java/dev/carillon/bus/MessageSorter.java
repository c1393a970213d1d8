package dev.carillon.bus;

import dev.carillon.avro.EventCodecs;
import dev.carillon.bus.transport.HeaderNames;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import dev.carillon.events.internal.Shown;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides for each message whether somebody here wants it. What nobody wants is counted and finished with, without decoding
 * its data. Thread-safe.
 */
final class MessageSorter {

    private static final Logger LOG = LoggerFactory.getLogger(EventConsumer.class);

    /** So many unknown event types are named in the log; whoever sends more has other problems. */
    private static final int MOST_TYPES_NAMED = 100;

    private final Events events;
    private final EventCodecs codecs;
    private final MetadataReader metadata;
    private final OwnTopics ownTopics;
    private final Tally tally;
    private final Predicate<IncomingMessage> isRedriven;
    private final Set<String> unknownTypes = ConcurrentHashMap.newKeySet();

    /** What is redriven, as {@code isRedriven} says, is never passed over: its dead letter must not be lost. */
    MessageSorter(
            Events events,
            EventCodecs codecs,
            HeaderNames names,
            OwnTopics ownTopics,
            Tally tally,
            Predicate<IncomingMessage> isRedriven) {
        this.events = events;
        this.codecs = codecs;
        this.metadata = new MetadataReader(names, events);
        this.ownTopics = ownTopics;
        this.tally = tally;
        this.isRedriven = isRedriven;
    }

    /** What a lane has to do about the message; null when nobody here wants it. */
    @Nullable
    Task sort(Held held) {
        if (ownTopics.isForAnother(held.message())) {
            tally.withoutReceiver.increment();
            return null;
        }
        try {
            return delivery(held);
        } catch (RuntimeException e) {
            return new Undeliverable(held, e);
        }
    }

    private @Nullable Task delivery(Held held) {
        IncomingMessage message = held.message();
        String problem = message.problem();
        MetadataReader.Found headers = metadata.find(message);
        String eventType = headers.eventType();
        if (eventType == null) {
            throw new IllegalArgumentException(
                    problem == null ? "it has no header that names its event type" : problem);
        }
        Signal<?> signal = events.findSignal(eventType);
        boolean isWanted = signal != null && events.hasReceivers(signal) && events.isEnabled(signal);
        if (!isWanted && isRedriven.test(message)) {
            return new Undeliverable(held, null);
        }
        if (signal == null) {
            passOver(message, eventType);
            return null;
        }
        if (!isWanted) {
            tally.withoutReceiver.increment();
            return null;
        }
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        return delivery(held, signal, headers);
    }

    /** Says so once a type: a topic may hold nothing else. */
    private void passOver(IncomingMessage message, String eventType) {
        tally.unknownType.increment();
        if (unknownTypes.size() < MOST_TYPES_NAMED && unknownTypes.add(eventType)) {
            LOG.warn(
                    "Message {} is of the event type {}, which is unknown here: such messages are passed over",
                    message,
                    Shown.text(eventType));
        }
    }

    private <T> Delivery<T> delivery(Held held, Signal<T> signal, MetadataReader.Found headers) {
        return new Delivery<>(held, headers.metadata(signal), signal, codecs.of(signal));
    }
}
