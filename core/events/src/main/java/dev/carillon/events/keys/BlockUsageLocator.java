package dev.carillon.events.keys;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A block in a course: {@code block-v1:org+course+run+type@problem+block@id}, or {@code i4x://org/course/problem/id} as
 * blocks were named before.
 */
public final class BlockUsageLocator extends BlockOfCourse implements UsageKey {

    static final String PREFIX = "block-v1:";
    static final String OLD_STYLE_PREFIX = "i4x://";

    private final boolean deprecated;

    private BlockUsageLocator(String text, CourseLocator course, @Nullable String blockType, String blockId) {
        super(text, course.courseParts(), course, blockType, blockId);
        this.deprecated = false;
    }

    /** An old key, which names a branch, and whose run is known only if the course is. */
    private BlockUsageLocator(
            String text, CourseParts parts, @Nullable CourseLocator course, String blockType, String blockId) {
        super(text, parts, course, blockType, blockId);
        this.deprecated = true;
    }

    static BlockUsageLocator read(KeyInput in) {
        LocatorUrl url = LocatorScanner.scan(in, PREFIX, LocatorGrammar.COURSE);
        String blockId = requiredBlockId(in, url.blockId());
        CourseLocator course = CourseLocator.named(url.course());
        boolean canonical = course.run() != null && url.blockType() != null;
        String text = canonical ? in.text() : text(PREFIX, course, url.blockType(), blockId);
        return new BlockUsageLocator(text, course, url.blockType(), blockId);
    }

    /** Reads {@code i4x://org/course/type/id@branch}, in which the type is anything without a slash. */
    static BlockUsageLocator readOldStyle(KeyInput in) {
        String text = in.text();
        int orgStart = OLD_STYLE_PREFIX.length();
        int orgEnd = text.indexOf('/', orgStart);
        int courseEnd = text.indexOf('/', orgEnd + 1);
        int typeEnd = text.indexOf('/', courseEnd + 1);
        if (orgEnd < 0 || courseEnd < 0 || typeEnd <= courseEnd + 1) {
            throw in.invalid("expected 'i4x://org/course/type/id'");
        }
        int idEnd = text.indexOf('@', typeEnd + 1);
        String branch = idEnd < 0 ? null : in.require("the branch", text.substring(idEnd + 1), CharSet.ID_OR_PERCENT);
        CourseParts parts = new CourseParts(
                in.require("the organization", text.substring(orgStart, orgEnd), CharSet.OLD_ID),
                in.require("the course", text.substring(orgEnd + 1, courseEnd), CharSet.OLD_ID),
                null,
                branch,
                null);
        String blockId = text.substring(typeEnd + 1, idEnd < 0 ? text.length() : idEnd);
        in.require("the block's id", blockId, CharSet.ID_OR_PERCENT);
        return new BlockUsageLocator(text, parts, null, text.substring(courseEnd + 1, typeEnd), blockId);
    }

    /**
     * The key of a block in a course: {@code i4x://…} if the course has an old key, otherwise {@code block-v1:…}.
     *
     * @throws InvalidKeyException if the type or the id is empty or contains a character that keys do not allow
     */
    public static BlockUsageLocator of(CourseLocator course, String blockType, String blockId) {
        if (course.deprecated()) {
            KeyInput in = new KeyInput(
                    OLD_STYLE_PREFIX + course.org() + "/" + course.course() + "/" + blockType + "/" + blockId,
                    KeyKind.USAGE);
            in.require("the block's type", blockType, CharSet.ID_OR_PERCENT);
            in.require("the block's id", blockId, CharSet.ID_OR_PERCENT);
            return new BlockUsageLocator(in.text(), course.courseParts(), course, blockType, blockId);
        }
        String text = text(PREFIX, course, blockType, blockId);
        BlockUsageLocator block = new BlockUsageLocator(text, course, blockType, blockId);
        block.check(blockType);
        return block;
    }

    @Override
    public String typeName() {
        return "BlockUsageLocator";
    }

    @Override
    public boolean deprecated() {
        return deprecated;
    }

    @Override
    public Map<String, Object> parts() {
        return collectParts().of(this);
    }
}
