package dev.carillon.events.keys;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A block in a custom course: {@code ccx-block-v1:org+course+run+ccx@number+type@problem+block@id}. */
public final class CcxBlockUsageLocator extends BlockOfCourse implements UsageKey {

    static final String PREFIX = "ccx-block-v1:";

    private final CcxLocator course;

    private CcxBlockUsageLocator(CcxLocator course, @Nullable String blockType, String blockId) {
        super(text(PREFIX, course, blockType, blockId), course.courseParts(), course, blockType, blockId);
        this.course = course;
    }

    static CcxBlockUsageLocator read(KeyInput in) {
        LocatorUrl url = LocatorScanner.scan(in, PREFIX, LocatorGrammar.CCX);
        String blockId = requiredBlockId(in, url.blockId());
        return new CcxBlockUsageLocator(CcxLocator.named(url), url.blockType(), blockId);
    }

    /**
     * The key of a block in a custom course.
     *
     * @throws InvalidKeyException if the type or the id is empty or contains a character that keys do not allow
     */
    public static CcxBlockUsageLocator of(CcxLocator course, String blockType, String blockId) {
        CcxBlockUsageLocator block = new CcxBlockUsageLocator(course, blockType, blockId);
        block.check(blockType);
        return block;
    }

    /** The number of the custom course: decimal digits, as they stand in the key. */
    public String ccx() {
        return course.ccx();
    }

    @Override
    public String typeName() {
        return "CCXBlockUsageLocator";
    }

    @Override
    public Map<String, Object> parts() {
        return collectParts().put("ccx", ccx()).of(this);
    }
}
