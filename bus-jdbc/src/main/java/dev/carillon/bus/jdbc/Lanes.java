package dev.carillon.bus.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.bus.spi.MessageKey;
import dev.carillon.bus.spi.OutgoingMessage;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What must stay in order: the events of one topic and key, or those of a topic without key. A lane is the first eight bytes of a
 * hash of both; two that should fall together by accident would only wait for each other.
 */
final class Lanes {

    private Lanes() {}

    static long of(OutgoingMessage message) {
        MessageDigest digest = sha256();
        digest.update(message.topic().getBytes(UTF_8));
        digest.update((byte) 0);
        MessageKey key = message.key();
        if (key != null) {
            digest.update(KeyType.of(key).text().getBytes(UTF_8));
            digest.update((byte) 0);
            digest.update(key.value().toString().getBytes(UTF_8));
        }
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
