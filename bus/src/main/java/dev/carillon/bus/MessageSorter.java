package dev.carillon.bus;

import dev.carillon.avro.EventCodecs;
import dev.carillon.bus.spi.HeaderNames;
import dev.carillon.bus.spi.IncomingMessage;
import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides for each message whether somebody here wants it. What nobody wants is counted and finished with, without decoding
 * its data. Used by the polling thread alone.
 */
final class MessageSorter {

    private static final Logger LOG = LoggerFactory.getLogger(Consumer.class);

    private final Events events;
    private final EventCodecs codecs;
    private final MetadataReader metadata;
    private final Tally tally;

    MessageSorter(Events events, EventCodecs codecs, HeaderNames names, Tally tally) {
        this.events = events;
        this.codecs = codecs;
        this.metadata = new MetadataReader(names, events);
        this.tally = tally;
    }

    /**
     * The message as a delivery; null when nobody here wants it.
     *
     * @throws IllegalArgumentException when the message is no event, with the reason
     */
    @Nullable
    Delivery<?> sort(Held held) {
        IncomingMessage message = held.message();
        String problem = message.problem();
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        String eventType = metadata.eventType(message);
        if (eventType == null) {
            throw new IllegalArgumentException("it has no header that names its event type");
        }
        Signal<?> signal = events.findSignal(eventType);
        if (signal == null) {
            tally.unknownType.increment();
            LOG.warn(
                    "Message {} is of the event type {}, which is unknown here, and is passed over",
                    message,
                    eventType);
            return null;
        }
        if (!events.hasReceivers(signal)) {
            tally.withoutReceiver.increment();
            return null;
        }
        return delivery(held, signal);
    }

    private <T> Delivery<T> delivery(Held held, Signal<T> signal) {
        return new Delivery<>(held, metadata.read(held.message(), signal), signal, codecs.of(signal));
    }
}
