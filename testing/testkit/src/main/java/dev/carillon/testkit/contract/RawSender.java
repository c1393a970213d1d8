package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.STEP;

import dev.carillon.avro.EventCodecs;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsReader;
import dev.carillon.bus.transport.Header;
import dev.carillon.bus.transport.HeaderNames;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageKey;
import dev.carillon.bus.transport.MessageSink;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.MessageSource.SourceListener;
import dev.carillon.bus.transport.MessageStore;
import dev.carillon.bus.transport.OutgoingMessage;
import dev.carillon.bus.transport.RawMessage;
import dev.carillon.bus.transport.SourceSpec;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.bus.transport.Transport;
import dev.carillon.bus.transport.TransportProvider;
import dev.carillon.events.EventMetadata;
import dev.carillon.testkit.contract.ContractEvents.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Puts messages on a topic below the producer, so that they can be wrong. */
final class RawSender implements AutoCloseable {

    /** No step: its first length is endless. */
    static final byte[] BAD_BYTES = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};

    private final Transport transport;
    private final MessageSink sink;
    private final EventCodecs codecs = new EventCodecs();

    RawSender(TransportProvider provider, Settings settings) {
        SettingsReader reader = new SettingsReader(settings);
        var prepared = provider.prepare(reader, Optional.empty());
        reader.finish();
        this.transport = prepared.get();
        this.sink = transport.sink();
    }

    HeaderNames names() {
        return transport.headerNames();
    }

    List<Header> headers(EventMetadata metadata) {
        return transport.headerNames().write(metadata);
    }

    /** The headers with another value for one, or without it when the value is null. */
    static List<Header> with(List<Header> headers, String name, byte[] value) {
        List<Header> changed = new ArrayList<>(without(headers, name));
        changed.add(new Header(name, value));
        return changed;
    }

    static List<Header> without(List<Header> headers, String name) {
        return headers.stream().filter(header -> !header.name().equals(name)).toList();
    }

    byte[] bytes(Step step) {
        return codecs.of(STEP).encode(step);
    }

    /** Sends under the learner's key, and answers the position. */
    String send(String topic, String learner, List<Header> headers, byte[] data) {
        return sink.send(new OutgoingMessage(
                        topic,
                        STEP.eventType(),
                        headers,
                        transport.carriesKeys() ? new MessageKey("learner", learner) : null,
                        data,
                        codecs.of(STEP).schemaText()))
                .join();
    }

    /** Reads a topic as a group from its beginning, below the engine. The caller closes it. */
    MessageSource source(String topic, String group, SourceListener listener) {
        return transport.source(
                new SourceSpec(List.of(topic), group, "below the engine", StartAt.earliest(), Map.of()), listener);
    }

    /** The messages of a topic, as they stand on the wire. */
    List<IncomingMessage> read(String topic) {
        List<IncomingMessage> messages = new ArrayList<>();
        try (MessageStore store = Objects.requireNonNull(transport.store(), "the transport keeps messages")) {
            store.read(topic, StartAt.earliest(), messages::add);
        }
        return messages;
    }

    /** Keeps something under a name; answers its place. */
    String keep(String topic, String name, List<Header> headers) {
        try (MessageStore store = Objects.requireNonNull(transport.store(), "the transport keeps messages")) {
            return store.keep(topic, name, null, new RawMessage(headers, null, BAD_BYTES));
        }
    }

    @Override
    public void close() {
        sink.close();
        transport.close();
    }
}
