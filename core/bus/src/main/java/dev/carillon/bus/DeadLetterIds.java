package dev.carillon.bus;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.bus.transport.Header;
import dev.carillon.bus.transport.IncomingMessage;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names dead letters. One message has one id, however often it becomes a dead letter; another message has another, also where it
 * stands at the same position of a topic that was deleted and made again.
 */
final class DeadLetterIds {

    private static final int BYTES = 16;
    private static final int BYTES_OF_OLD = 6;

    private DeadLetterIds() {}

    /** Made of where the message came from first, and of all that it holds: the event's id is one of its headers. */
    static String of(Origin origin, IncomingMessage message) {
        MessageDigest digest = digest();
        add(digest, origin.topic().getBytes(UTF_8));
        add(digest, Integer.toString(origin.partition()).getBytes(UTF_8));
        add(digest, origin.position().getBytes(UTF_8));
        for (Header header : DeadLetterHeaders.asItCame(message.headers())) {
            add(digest, header.name().getBytes(UTF_8));
            add(digest, header.value());
        }
        if (message.key() != null) {
            add(digest, message.key());
        }
        add(digest, message.data());
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    /** The name that dead letters had at first, made of topic and position alone. */
    static String oldOf(Origin origin) {
        byte[] hash = digest().digest((origin.topic() + "@" + origin.position()).getBytes(UTF_8));
        return HexFormat.of().formatHex(hash, 0, BYTES_OF_OLD);
    }

    /** With its length, so that nothing can be moved from one part into the next. */
    private static void add(MessageDigest digest, byte[] part) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        digest.update(part);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
