package dev.carillon.bus.internal.consumer;

import dev.carillon.avro.EventCodecs;
import dev.carillon.bus.internal.deadletter.TopicReplay;
import dev.carillon.bus.transport.HeaderNames;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import org.jspecify.annotations.Nullable;

/** Finds the key, as text, of a message that was read outside any group. */
public final class ReplayKeys implements TopicReplay.Keys {

    private final Events events;
    private final EventCodecs codecs;
    private final MetadataReader metadata;
    private final EventKeys keys;

    public ReplayKeys(Events events, EventCodecs codecs, HeaderNames names, EventKeys keys) {
        this.events = events;
        this.codecs = codecs;
        this.metadata = new MetadataReader(names, events);
        this.keys = keys;
    }

    @Override
    public @Nullable String of(IncomingMessage message) {
        try {
            @Nullable Object key = message.key() == null ? decoded(message) : keys.of(message, null);
            return key == null ? null : key.toString();
        } catch (RuntimeException e) {
            return null; // consumers report invalid messages
        }
    }

    @Override
    public boolean canDetermine(IncomingMessage message) {
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
        return keys.of(message, new Delivery<>(message, found.metadata(signal), signal, codecs.of(signal)));
    }
}
