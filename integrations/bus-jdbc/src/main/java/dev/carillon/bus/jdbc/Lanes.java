package dev.carillon.bus.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.bus.EventProducer;
import dev.carillon.bus.Outbox.EncodedEvent;
import dev.carillon.bus.transport.MessageKey;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What must stay in order: the events of one topic and key; or, where the broker that publishes them knows no keys, those of a
 * topic. A row has both lanes, because it is not known when it is written which broker that will be. A lane is the first eight
 * bytes of a hash; two that should fall together by accident would only wait for each other.
 */
enum Lanes {
    OF_KEYS("lane"),
    OF_TOPICS("topic_lane");

    private final String column;

    Lanes(String column) {
        this.column = column;
    }

    /** Those in whose order this producer publishes. */
    static Lanes of(EventProducer producer) {
        return producer.carriesKeys() ? OF_KEYS : OF_TOPICS;
    }

    /** The column that holds the lane of a row. */
    String column() {
        return column;
    }

    /** The lane of an event. */
    long of(EncodedEvent event) {
        MessageDigest digest = sha256();
        digest.update(event.topic().getBytes(UTF_8));
        digest.update((byte) 0);
        MessageKey key = event.key();
        if (this == OF_KEYS && key != null) {
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
