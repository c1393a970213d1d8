package dev.carillon.bus.internal.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.bus.transport.Header;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.events.internal.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Generates the ids of dead letters. A message always has the same id, however often it becomes a dead letter. Different
 * messages have different ids, even at the same position of a topic that was deleted and recreated.
 */
final class DeadLetterIds {

    private static final int BYTES = 16;

    private DeadLetterIds() {}

    /**
     * Returns the id: a hash of the original position and of the complete message, including the event id, which is a
     * header.
     */
    static String of(Origin origin, IncomingMessage message) {
        MessageDigest digest = Sha256.digest();
        add(digest, origin.topic().getBytes(UTF_8));
        add(digest, Integer.toString(origin.partition()).getBytes(UTF_8));
        add(digest, origin.position().toString().getBytes(UTF_8));
        for (Header header : DeadLetterHeaders.withoutDeadLetterHeaders(message.headers())) {
            add(digest, header.name().getBytes(UTF_8));
            add(digest, header.value());
        }
        if (message.key() != null) {
            add(digest, message.key());
        }
        add(digest, message.data());
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    /** Adds a part with its length, so that no bytes can move from one part to the next. */
    private static void add(MessageDigest digest, byte[] part) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        digest.update(part);
    }
}
