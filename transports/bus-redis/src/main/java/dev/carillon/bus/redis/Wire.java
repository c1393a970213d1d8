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

/** How a message looks on a stream, and how {@code XADD} is written: straight into the buffer, nothing in between. */
final class Wire {

    /** The field that holds the event data. */
    static final String DATA = "event_data";

    /** The fields that hold the metadata, in their order. */
    static final HeaderNames HEADERS =
            new HeaderNames("type", "id", "source", "time", "minorversion", "sourcehost", "sourcelib", List.of());

    private static final byte[] DATA_NAME = bulk(DATA);
    private static final int CRLF = '\r' << 8 | '\n';

    private final byte[] trimAndId;
    private final int trimAndIdCount;

    /** Trims streams to about so many entries; not at all when it is 0. */
    Wire(long maxLen) {
        String text = maxLen == 0 ? "" : bulkText("MAXLEN") + bulkText("~") + bulkText(Long.toString(maxLen));
        this.trimAndId = (text + bulkText("*")).getBytes(US_ASCII);
        this.trimAndIdCount = maxLen == 0 ? 1 : 4;
    }

    /** The arguments of {@code XADD} for this message. */
    CommandArgs<byte[], byte[]> xadd(OutgoingMessage message) {
        return new Xadd(message.topic(), message.headers(), message.data());
    }

    /** The arguments of {@code XADD} for a message as it stands on a wire. */
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

        /** Without the event's data. */
        @Override
        public String toString() {
            return "XADD " + topic;
        }
    }
}
