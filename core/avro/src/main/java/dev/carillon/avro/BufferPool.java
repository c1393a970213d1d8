package dev.carillon.avro;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Keeps one buffer between events. Callers that find it in use get a new one, so nobody waits. */
final class BufferPool {

    /** A single huge event must not keep its memory allocated. */
    private static final int MAX_KEPT = 1 << 16;

    private final AtomicReference<@Nullable AvroBuffer> kept = new AtomicReference<>();

    AvroBuffer take() {
        AvroBuffer buffer = kept.getAndSet(null);
        return buffer == null ? new AvroBuffer() : buffer;
    }

    void giveBack(AvroBuffer buffer) {
        if (buffer.capacity() <= MAX_KEPT) {
            buffer.clear();
            kept.lazySet(buffer);
        }
    }
}
