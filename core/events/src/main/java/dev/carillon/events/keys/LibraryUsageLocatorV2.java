package dev.carillon.events.keys;

import java.util.List;
import java.util.Map;

/** A block in a content library: {@code lb:org:library:problem:id}. */
public final class LibraryUsageLocatorV2 extends AbstractKey implements UsageKey {

    static final String PREFIX = "lb:";

    private static final List<String> FIELDS = List.of("org", "library", "type", "id");

    private final LibraryLocatorV2 libraryKey;
    private final String blockType;
    private final String blockId;

    private LibraryUsageLocatorV2(String text, LibraryLocatorV2 libraryKey, String blockType, String blockId) {
        super(text);
        this.libraryKey = libraryKey;
        this.blockType = blockType;
        this.blockId = blockId;
    }

    static LibraryUsageLocatorV2 read(KeyInput in) {
        List<String> fields = in.split(PREFIX, ':', FIELDS);
        LibraryLocatorV2 library = LibraryLocatorV2.named(in, fields.get(0), fields.get(1));
        return named(in, library, fields.get(2), fields.get(3));
    }

    private static LibraryUsageLocatorV2 named(
            KeyInput in, LibraryLocatorV2 library, String blockType, String blockId) {
        in.requireLine("the block's type", blockType, CharSet.ASCII_NAME);
        in.requireLine("the block's id", blockId, CharSet.NAME);
        return new LibraryUsageLocatorV2(in.text(), library, blockType, blockId);
    }

    /**
     * Reads {@code lb:org:library:type:id}. As in Python, each part may end in one newline.
     *
     * @throws InvalidKeyException if the text is no key of a block in a content library
     */
    public static LibraryUsageLocatorV2 parse(String text) {
        return read(new KeyInput(text, KeyKind.LIBRARY_USAGE));
    }

    /**
     * The key of a block in a content library.
     *
     * @throws InvalidKeyException if the type or the id is empty or contains a character that keys do not allow
     */
    public static LibraryUsageLocatorV2 of(LibraryLocatorV2 library, String blockType, String blockId) {
        String text = PREFIX + library.org() + ":" + library.slug() + ":" + blockType + ":" + blockId;
        return named(new KeyInput(text, KeyKind.LIBRARY_USAGE), library, blockType, blockId);
    }

    /** The library that the block is in. */
    public LibraryLocatorV2 libraryKey() {
        return libraryKey;
    }

    @Override
    public LibraryLocatorV2 contextKey() {
        return libraryKey;
    }

    @Override
    public String blockType() {
        return blockType;
    }

    @Override
    public String blockId() {
        return blockId;
    }

    @Override
    public String typeName() {
        return "LibraryUsageLocatorV2";
    }

    @Override
    public boolean deprecated() {
        return false;
    }

    @Override
    public Map<String, Object> parts() {
        return new Parts()
                .put("lib_key", libraryKey)
                .put("course_key", libraryKey)
                .put("block_type", blockType)
                .put("block_id", blockId)
                .put("usage_id", blockId)
                .of(this);
    }
}
