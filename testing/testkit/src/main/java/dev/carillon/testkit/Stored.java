package dev.carillon.testkit;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A value in JUnit's store, which closes it at the end of the test or class. JUnit 5.12 and 6 have different methods for this;
 * the deprecated ones are in both.
 */
@SuppressWarnings("deprecation")
final class Stored implements ExtensionContext.Store.CloseableResource {

    private final Object value;

    private Stored(Object value) {
        this.value = value;
    }

    /** The value of this class, created by the first call. */
    static <V> V get(ExtensionContext.Store store, Class<V> type, Supplier<V> create) {
        Stored stored = store.getOrComputeIfAbsent(type, absent -> new Stored(create.get()), Stored.class);
        return type.cast(requireNonNull(stored).value);
    }

    @Override
    public void close() throws Exception {
        if (value instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }
}
