package dev.carillon.events.keys;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A container (unit, subsection, section) in a content library: {@code lct:org:library:unit:id}.
 *
 * <p>Event data from releases of {@code openedx-events} before 10.0.0 hold only a container's id there, as free text; see
 * {@link #withoutLibrary}.
 */
public final class LibraryContainerLocator extends AbstractKey implements OpaqueKey {

    static final String PREFIX = "lct:";

    private static final List<String> FIELDS = List.of("org", "library", "type", "id");

    private final @Nullable LibraryLocatorV2 libraryKey;
    private final @Nullable String containerType;
    private final String containerId;

    private LibraryContainerLocator(
            String text, @Nullable LibraryLocatorV2 libraryKey, @Nullable String containerType, String containerId) {
        super(text);
        this.libraryKey = libraryKey;
        this.containerType = containerType;
        this.containerId = containerId;
    }

    private static LibraryContainerLocator named(KeyInput in, LibraryLocatorV2 library, String type, String id) {
        in.requireLine("the container's type", type, CharSet.ASCII_NAME);
        in.requireLine("the container's id", id, CharSet.NAME);
        return new LibraryContainerLocator(in.text(), library, type, id);
    }

    /**
     * Reads {@code lct:org:library:type:id}; the result always has a library and a type. As in Python, each part may end
     * in one newline.
     *
     * @throws InvalidKeyException if the text is no key of a container
     */
    public static LibraryContainerLocator parse(String text) {
        KeyInput in = new KeyInput(text, KeyKind.LIBRARY_CONTAINER);
        List<String> fields = in.split(PREFIX, ':', FIELDS);
        LibraryLocatorV2 library = LibraryLocatorV2.named(in, fields.get(0), fields.get(1));
        return named(in, library, fields.get(2), fields.get(3));
    }

    /**
     * The key of a container in a library.
     *
     * @throws InvalidKeyException if the type or the id is empty or contains a character that keys do not allow
     */
    public static LibraryContainerLocator of(LibraryLocatorV2 library, String containerType, String containerId) {
        String text = PREFIX + library.org() + ":" + library.slug() + ":" + containerType + ":" + containerId;
        return named(new KeyInput(text, KeyKind.LIBRARY_CONTAINER), library, containerType, containerId);
    }

    /**
     * A container of which only the id is known, as releases before 10.0.0 sent it: any text, written as it is. It is not
     * a key that Python would read, and {@link #parse} never returns one; make it only when reading such old data, where
     * the library stands in a field of its own.
     */
    public static LibraryContainerLocator withoutLibrary(String text) {
        return new LibraryContainerLocator(Objects.requireNonNull(text, "text"), null, null, text);
    }

    /** The library that holds the container; null only if made {@link #withoutLibrary}. */
    public @Nullable LibraryLocatorV2 libraryKey() {
        return libraryKey;
    }

    /** The container's type, such as {@code unit}; null only if made {@link #withoutLibrary}. */
    public @Nullable String containerType() {
        return containerType;
    }

    /** The container's id within its library; the whole text if made {@link #withoutLibrary}. */
    public String containerId() {
        return containerId;
    }

    @Override
    public String typeName() {
        return "LibraryContainerLocator";
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
                .put("container_type", containerType)
                .put("container_id", containerId)
                .of(this);
    }
}
