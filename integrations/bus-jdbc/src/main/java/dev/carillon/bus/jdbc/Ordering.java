package dev.carillon.bus.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.bus.EventProducer;
import dev.carillon.bus.Outbox.EncodedEvent;
import dev.carillon.bus.transport.MessageKey;
import dev.carillon.events.internal.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * Which rows are published in order: those of one topic and key, or all of a topic where the broker knows no keys. A row has a hash
 * for both, because the broker is not yet known when the row is written. A hash is the first eight bytes of a SHA-256; rows whose
 * hashes collide by chance only wait for each other.
 */
enum Ordering {
    BY_KEY("key_hash"),
    BY_TOPIC("topic_hash");

    private final String column;

    Ordering(String column) {
        this.column = column;
    }

    /** The order that this producer's broker keeps. */
    static Ordering of(EventProducer producer) {
        return producer.carriesKeys() ? BY_KEY : BY_TOPIC;
    }

    /** The column of {@code carillon_outbox} that holds the hash. */
    String column() {
        return column;
    }

    /** The hash of an event. */
    long hash(EncodedEvent event) {
        MessageDigest digest = Sha256.digest();
        digest.update(event.topic().getBytes(UTF_8));
        digest.update((byte) 0);
        MessageKey key = event.key();
        if (this == BY_KEY && key != null) {
            digest.update(KeyType.of(key).text().getBytes(UTF_8));
            digest.update((byte) 0);
            digest.update(key.value().toString().getBytes(UTF_8));
        }
        return ByteBuffer.wrap(digest.digest()).getLong();
    }
}
