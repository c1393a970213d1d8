package dev.carillon.events.keys;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A collection in a content library: {@code lib-collection:org:library:id}.
 *
 * <p>Event data from releases of {@code openedx-events} before 10.0.0 hold only a collection's id there, as free text; see
 * {@link #withoutLibrary}.
 */
public final class LibraryCollectionLocator extends AbstractKey implements OpaqueKey {

    static final String PREFIX = "lib-collection:";

    private static final List<String> FIELDS = List.of("org", "library", "id");

    private final @Nullable LibraryLocatorV2 libraryKey;
    private final String collectionId;

    private LibraryCollectionLocator(String text, @Nullable LibraryLocatorV2 libraryKey, String collectionId) {
        super(text);
        this.libraryKey = libraryKey;
        this.collectionId = collectionId;
    }

    private static LibraryCollectionLocator named(KeyInput in, LibraryLocatorV2 library, String id) {
        in.requireLine("the collection's id", id, CharSet.NAME);
        return new LibraryCollectionLocator(in.text(), library, id);
    }

    /**
     * Reads {@code lib-collection:org:library:id}; the result always has a library. As in Python, each part may end in
     * one newline.
     *
     * @throws InvalidKeyException if the text is no key of a collection
     */
    public static LibraryCollectionLocator parse(String text) {
        KeyInput in = new KeyInput(text, KeyKind.LIBRARY_COLLECTION);
        List<String> fields = in.split(PREFIX, ':', FIELDS);
        return named(in, LibraryLocatorV2.named(in, fields.get(0), fields.get(1)), fields.get(2));
    }

    /**
     * The key of a collection in a library.
     *
     * @throws InvalidKeyException if the id is empty or contains a character that keys do not allow
     */
    public static LibraryCollectionLocator of(LibraryLocatorV2 library, String collectionId) {
        String text = PREFIX + library.org() + ":" + library.slug() + ":" + collectionId;
        return named(new KeyInput(text, KeyKind.LIBRARY_COLLECTION), library, collectionId);
    }

    /**
     * A collection of which only the id is known, as releases before 10.0.0 sent it: any text, written as it is. It is
     * not a key that Python would read, and {@link #parse} never returns one; make it only when reading such old data,
     * where the library stands in a field of its own.
     */
    public static LibraryCollectionLocator withoutLibrary(String text) {
        return new LibraryCollectionLocator(Objects.requireNonNull(text, "text"), null, text);
    }

    /** The library that holds the collection; null only if made {@link #withoutLibrary}. */
    public @Nullable LibraryLocatorV2 libraryKey() {
        return libraryKey;
    }

    /** The collection's id within its library; the whole text if made {@link #withoutLibrary}. */
    public String collectionId() {
        return collectionId;
    }

    @Override
    public String typeName() {
        return "LibraryCollectionLocator";
    }

    @Override
    public boolean deprecated() {
        return false;
    }

    @Override
    List<@Nullable Object> unwrittenFields() {
        return Collections.singletonList(libraryKey);
    }

    @Override
    public Map<String, Object> parts() {
        return new Parts()
                .put("org", libraryKey == null ? null : libraryKey.org())
                .put("lib_key", libraryKey)
                .put("collection_id", collectionId)
                .of(this);
    }
}
