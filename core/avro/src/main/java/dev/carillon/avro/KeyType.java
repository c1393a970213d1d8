package dev.carillon.avro;

import dev.carillon.events.keys.InvalidKeyException;
import dev.carillon.events.keys.KeyKind;
import dev.carillon.events.keys.LibraryCollectionLocator;
import dev.carillon.events.keys.LibraryContainerLocator;
import dev.carillon.events.keys.OpaqueKey;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The opaque keys: {@link dev.carillon.events.keys.CourseKey}, {@link dev.carillon.events.keys.UsageKey} and so on. */
final class KeyType extends TextType<OpaqueKey> {

    private final KeyKind kind;
    private final Function<String, OpaqueKey> parser;
    private final RecentKeys recent = new RecentKeys();

    private KeyType(KeyKind kind, Function<String, OpaqueKey> parser) {
        super(OpaqueKey.class);
        this.kind = kind;
        this.parser = parser;
    }

    static KeyType of(KeyKind kind) {
        return new KeyType(kind, kind::parse);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Before 10.0.0, collections and containers of libraries were free text. Text that is not a valid key today is kept
     * as it is.
     */
    @Override
    KeyType asWrittenByOldReleases() {
        return switch (kind) {
            case LIBRARY_COLLECTION -> orElse(LibraryCollectionLocator::withoutLibrary);
            case LIBRARY_CONTAINER -> orElse(LibraryContainerLocator::withoutLibrary);
            default -> this;
        };
    }

    private KeyType orElse(Function<String, OpaqueKey> ofFreeText) {
        return new KeyType(kind, text -> {
            try {
                return kind.parse(text);
            } catch (IllegalArgumentException e) {
                return ofFreeText.apply(text);
            }
        });
    }

    /** Free text of an old release is valid data but not a valid key: no current service could read it. */
    @Override
    void write(Object value, AvroBuffer out) {
        boolean freeText = (value instanceof LibraryCollectionLocator collection && collection.libraryKey() == null)
                || (value instanceof LibraryContainerLocator container && container.libraryKey() == null);
        if (freeText) {
            throw DataProblem.of("must be " + expected() + ", but is the free text of a release before 10.0.0");
        }
        super.write(value, out);
    }

    @Override
    String expected() {
        String name = kind.label().replace('_', ' ');
        return "a " + name + " key";
    }

    @Override
    public Object read(AvroInput in) {
        int position = in.position();
        int length = in.readLength();
        int start = in.advance(length);
        OpaqueKey known = recent.find(in.bytes(), start, length);
        if (known != null) {
            return known;
        }
        OpaqueKey key = valueOf(Utf8.read(in.bytes(), start, length), position);
        recent.keep(in.bytes(), start, length, key);
        return key;
    }

    @Override
    OpaqueKey parse(String text) {
        return parser.apply(text);
    }

    @Override
    @Nullable
    String reason(RuntimeException error) {
        return error instanceof InvalidKeyException invalid ? invalid.reason() : super.reason(error);
    }

    @Override
    String format(OpaqueKey value) {
        return value.toString();
    }
}
