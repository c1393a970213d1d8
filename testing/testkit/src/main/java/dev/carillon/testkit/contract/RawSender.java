package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.STEP;
import static org.assertj.core.api.Assertions.assertThat;

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
import dev.carillon.bus.transport.Position;
import dev.carillon.bus.transport.RawMessage;
import dev.carillon.bus.transport.SchemaFingerprint;
import dev.carillon.bus.transport.SourceSpec;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.bus.transport.Transport;
import dev.carillon.bus.transport.TransportProvider;
import dev.carillon.events.EventMetadata;
import dev.carillon.testkit.contract.ContractEvents.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Sends and reads messages without the engine, so that they can be invalid. */
final class RawSender implements AutoCloseable {

    /** Not a valid step: its first length never ends. */
    static final byte[] INVALID_DATA = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};

    private final Transport transport;
    private final MessageSink sink;
    private final EventCodecs codecs = new EventCodecs();

    RawSender(TransportProvider provider, Settings settings) {
        this.transport = open(provider, settings);
        this.sink = transport.sink();
    }

    /** Opens a transport. The caller closes it. */
    static Transport open(TransportProvider provider, Settings settings) {
        SettingsReader reader = new SettingsReader(settings);
        Supplier<Transport> prepared = provider.prepare(reader, Optional.empty());
        reader.finish();
        return prepared.get();
    }

    HeaderNames names() {
        return transport.headerNames();
    }

    /** Parses a position, as the engine does with what a header or an operator says. */
    Position position(String text) {
        return transport.position(text);
    }

    List<Header> headers(EventMetadata metadata) {
        return transport.headerNames().write(metadata);
    }

    /** The headers with another value for one of them. */
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

    /** Sends with the learner as the key, waits for the broker, and returns the position. */
    String send(String topic, String learner, List<Header> headers, byte[] data) {
        return sink.send(message(topic, learner, headers, data)).join();
    }

    /** A message with the learner as its key. */
    OutgoingMessage message(String topic, String learner, List<Header> headers, byte[] data) {
        return new OutgoingMessage(
                topic,
                STEP.eventType(),
                headers,
                transport.carriesKeys() ? new MessageKey("learner", learner) : null,
                data,
                codecs.of(STEP).schemaText(),
                SchemaFingerprint.of(codecs.of(STEP).schemaText()));
    }

    /** A sink of the transport. The caller closes it. */
    MessageSink newSink() {
        return transport.sink();
    }

    boolean carriesKeys() {
        return transport.carriesKeys();
    }

    /** Reads a topic as a group from its earliest message. The caller closes it. */
    MessageSource source(String topic, String group, SourceListener listener) {
        return transport.source(
                new SourceSpec(List.of(topic), group, "raw reader", StartAt.earliest(), Map.of()), listener);
    }

    /** Reads this many messages, or fails after the timeout of the fixture. */
    static List<IncomingMessage> read(ContractFixture fixture, MessageSource source, int count) {
        List<IncomingMessage> read = new ArrayList<>();
        fixture.await(count + " messages", () -> {
            read.addAll(source.poll(count, Duration.ofMillis(100)));
            return read.size() >= count;
        });
        assertThat(read).hasSize(count);
        return read;
    }

    /** All messages of a topic, as they are on the wire. */
    List<IncomingMessage> read(String topic) {
        List<IncomingMessage> messages = new ArrayList<>();
        try (MessageStore store = store()) {
            store.read(topic, StartAt.earliest(), messages::add);
        }
        return messages;
    }

    /** Keeps a message under a name, and returns its place. */
    String put(String topic, String name, List<Header> headers) {
        try (MessageStore store = store()) {
            return store.put(topic, name, null, new RawMessage(headers, null, INVALID_DATA));
        }
    }

    private MessageStore store() {
        return transport.store().orElseThrow(() -> new AssertionError("the transport has no message store"));
    }

    @Override
    public void close() {
        sink.close();
        transport.close();
    }
}
