package dev.carillon.bus;

import dev.carillon.avro.EventCodecs;
import dev.carillon.bus.transport.HeaderNames;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import org.jspecify.annotations.Nullable;

/** Tells the key of a message that was read beside all groups, as text. */
final class WireKeys {

    private final Events events;
    private final EventCodecs codecs;
    private final MetadataReader metadata;
    private final EventKeys keys;

    WireKeys(Events events, EventCodecs codecs, HeaderNames names, EventKeys keys) {
        this.events = events;
        this.codecs = codecs;
        this.metadata = new MetadataReader(names, events);
        this.keys = keys;
    }

    /** The key; null where there is none, or the message is no event that is known here. */
    @Nullable
    String of(IncomingMessage message) {
        try {
            @Nullable
            Object key = message.key() == null ? decoded(message) : keys.of(new Unsorted(new Held(message, 0, 0)));
            return key == null ? null : key.toString();
        } catch (RuntimeException e) {
            return null; // consumers, not this, tell what is wrong with a message
        }
    }

    /** Whether it can be told: the message carries it, or it is known where it stands. */
    boolean canTell(IncomingMessage message) {
        if (message.key() != null) {
            return true;
        }
        try {
            Signal<?> signal = signal(metadata.find(message));
            return signal != null && keys.hasField(signal, message.topic());
        } catch (RuntimeException e) {
            return false;
        }
    }

    private @Nullable Object decoded(IncomingMessage message) {
        MetadataReader.Found found = metadata.find(message);
        Signal<?> signal = signal(found);
        return signal == null ? null : keyOf(message, signal, found);
    }

    private @Nullable Signal<?> signal(MetadataReader.Found found) {
        return found.eventType() == null ? null : events.findSignal(found.eventType());
    }

    private <T> @Nullable Object keyOf(IncomingMessage message, Signal<T> signal, MetadataReader.Found found) {
        return keys.of(new Delivery<>(new Held(message, 0, 0), found.metadata(signal), signal, codecs.of(signal)));
    }
}
