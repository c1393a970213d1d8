package dev.carillon.events.keys;

import java.util.Map;

/** A block in a legacy library: {@code lib-block-v1:org+library+type@problem+block@id}. */
public final class LibraryUsageLocator extends BlockOfCourse implements UsageKey {

    static final String PREFIX = "lib-block-v1:";

    private LibraryUsageLocator(LibraryLocator library, String blockType, String blockId) {
        super(text(PREFIX, library, blockType, blockId), library.courseParts(), library, blockType, blockId);
    }

    static LibraryUsageLocator read(KeyInput in) {
        LocatorUrl url = LocatorScanner.scan(in, PREFIX, LocatorGrammar.LIBRARY);
        String blockId = requiredBlockId(in, url.blockId());
        if (url.blockType() == null) {
            throw in.invalid("it does not name the block's type, expected '+type@…' before '+block@'");
        }
        return new LibraryUsageLocator(LibraryLocator.named(url.course()), url.blockType(), blockId);
    }

    /**
     * The key of a block in a legacy library.
     *
     * @throws InvalidKeyException if the type or the id is empty or contains a character that keys do not allow
     */
    public static LibraryUsageLocator of(LibraryLocator library, String blockType, String blockId) {
        LibraryUsageLocator block = new LibraryUsageLocator(library, blockType, blockId);
        block.check(blockType);
        return block;
    }

    @Override
    public String typeName() {
        return "LibraryUsageLocator";
    }

    @Override
    public Map<String, Object> parts() {
        return collectParts().of(this);
    }
}
