package dev.carillon.bus.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.carillon.bus.transport.Header;
import dev.carillon.bus.transport.HeaderNames;
import dev.carillon.bus.transport.OutgoingMessage;
import dev.carillon.bus.transport.RawMessage;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandArgs;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.List;

/**
 * The wire format: the fields of a stream entry, as {@code edx-event-bus-redis} names and orders them, and the arguments of
 * {@code XADD}. {@link EntryOutput} reads them.
 */
final class WireFormat {

    /** The field with the event data. */
    static final String DATA = "event_data";

    /** The fields with the metadata, in order. */
    static final HeaderNames HEADERS =
            new HeaderNames("type", "id", "source", "time", "minorversion", "sourcehost", "sourcelib", List.of());

    private static final byte[] DATA_NAME = bulk(DATA);
    private static final int CRLF = '\r' << 8 | '\n';

    private final byte[] trimAndId;
    private final int trimAndIdCount;

    /** Trims streams to approximately this many entries; 0 disables trimming. */
    WireFormat(long maxLen) {
        String text = maxLen == 0 ? "" : bulkText("MAXLEN") + bulkText("~") + bulkText(Long.toString(maxLen));
        this.trimAndId = (text + bulkText("*")).getBytes(US_ASCII);
        this.trimAndIdCount = maxLen == 0 ? 1 : 4;
    }

    /** The arguments of {@code XADD} for a message. */
    CommandArgs<byte[], byte[]> xadd(OutgoingMessage message) {
        return new Xadd(message.topic(), message.headersWithFingerprint(), message.data());
    }

    /** The arguments of {@code XADD} for a raw message. */
    CommandArgs<byte[], byte[]> xadd(String topic, RawMessage message) {
        return new Xadd(topic, message.headers(), message.value());
    }

    private static byte[] bulk(String text) {
        return bulkText(text).getBytes(US_ASCII);
    }

    private static String bulkText(String text) {
        return "$" + text.length() + "\r\n" + text + "\r\n";
    }

    private static void writeText(ByteBuf buffer, String text) {
        writeLength(buffer, ByteBufUtil.utf8Bytes(text));
        ByteBufUtil.writeUtf8(buffer, text);
        buffer.writeShort(CRLF);
    }

    private static void writeBytes(ByteBuf buffer, byte[] bytes) {
        writeLength(buffer, bytes.length);
        buffer.writeBytes(bytes);
        buffer.writeShort(CRLF);
    }

    private static void writeLength(ByteBuf buffer, int length) {
        buffer.writeByte('$');
        writeDigits(buffer, length);
        buffer.writeShort(CRLF);
    }

    private static void writeDigits(ByteBuf buffer, int number) {
        if (number >= 10) {
            writeDigits(buffer, number / 10);
        }
        buffer.writeByte('0' + number % 10);
    }

    /**
     * Encodes itself straight into Netty's buffer. This is the hottest path of the producer, which is measured against a plain
     * Lettuce loop: {@code CommandArgs.add} would allocate an object per argument, some 20 per event, and a byte array per text,
     * where the constant arguments ({@code MAXLEN}, the name of the data field) are encoded only once here. It relies on two
     * public methods of {@link CommandArgs}: Lettuce writes a command with {@code count()} and {@code encode()}. {@code
     * WireFormatTest} compares every entry with those of the Python producer, so a release of Lettuce that breaks this is noticed.
     */
    private final class Xadd extends CommandArgs<byte[], byte[]> {

        private final String topic;
        private final List<Header> headers;
        private final byte[] data;

        Xadd(String topic, List<Header> headers, byte[] data) {
            super(ByteArrayCodec.INSTANCE);
            this.topic = topic;
            this.headers = headers;
            this.data = data;
        }

        @Override
        public int count() {
            return 1 + trimAndIdCount + 2 * headers.size() + 2;
        }

        @Override
        public void encode(ByteBuf buffer) {
            writeText(buffer, topic);
            buffer.writeBytes(trimAndId);
            for (Header header : headers) {
                writeText(buffer, header.name());
                writeBytes(buffer, header.value());
            }
            buffer.writeBytes(DATA_NAME);
            writeBytes(buffer, data);
        }

        /** Omits the event data. */
        @Override
        public String toString() {
            return "XADD " + topic;
        }
    }
}
