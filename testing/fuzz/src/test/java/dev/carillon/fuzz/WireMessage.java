package dev.carillon.fuzz;

import dev.carillon.bus.transport.Header;
import dev.carillon.bus.transport.RawMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message as fuzzer input: the number of headers; for each, the index of its name or the name itself, and its value; an
 * optional key; the rest is the value.
 */
final class WireMessage {

    /** The header names with a meaning here; an input selects one by its index, or has its own after the last. */
    private static final List<String> NAMES = List.of(
            "type",
            "id",
            "source",
            "time",
            "minorversion",
            "sourcehost",
            "sourcelib",
            "carillon-id",
            "carillon-place",
            "carillon-topic",
            "carillon-partition",
            "carillon-position",
            "carillon-group",
            "carillon-event-type",
            "carillon-event-id",
            "carillon-key",
            "carillon-key-bytes",
            "carillon-cause",
            "carillon-failure",
            "carillon-message",
            "carillon-receivers",
            "carillon-attempts",
            "carillon-first-failed",
            "carillon-last-failed",
            "carillon-redriven");

    private static final int MOST_HEADERS = 32;

    private WireMessage() {}

    static RawMessage read(Input input) {
        List<Header> headers = new ArrayList<>();
        int count = Byte.toUnsignedInt(input.next()) % MOST_HEADERS;
        for (int i = 0; i < count; i++) {
            int place = Byte.toUnsignedInt(input.next());
            String name = place < NAMES.size() ? NAMES.get(place) : new String(input.block(), StandardCharsets.UTF_8);
            headers.add(new Header(name, input.block()));
        }
        byte @Nullable [] key = input.next() == 0 ? null : input.block();
        return new RawMessage(headers, key, input.rest());
    }

    static byte[] write(RawMessage message) {
        Input.Writer out = new Input.Writer().add(message.headers().size());
        for (Header header : message.headers()) {
            int place = NAMES.indexOf(header.name());
            if (place >= 0) {
                out.add(place);
            } else {
                out.add(NAMES.size()).block(header.name());
            }
            out.block(header.value());
        }
        byte @Nullable [] key = message.key();
        if (key == null) {
            out.add(0);
        } else {
            out.add(1).block(key);
        }
        return out.rest(message.value()).bytes();
    }

    /** A recorded event in the wire format of the broker in memory. */
    static RawMessage of(Recorded.Vector vector) {
        List<Header> headers = new ArrayList<>();
        vector.field("redis").properties().forEach(field -> {
            if (!field.getKey().equals("event_data")) {
                headers.add(new Header(
                        field.getKey(), HexFormat.of().parseHex(field.getValue().asText())));
            }
        });
        byte[] key = vector.signal().eventType().getBytes(StandardCharsets.UTF_8);
        return new RawMessage(headers, key, vector.avro());
    }
}
