package dev.carillon.events.keys;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the keys of blocks in courses and legacy libraries have in common. */
abstract class BlockOfCourse extends KeyOfCourse {

    private final @Nullable CourseKey courseKey;
    private final @Nullable String blockType;
    private final String blockId;

    BlockOfCourse(
            String text,
            CourseParts courseParts,
            @Nullable CourseKey courseKey,
            @Nullable String blockType,
            String blockId) {
        super(text, courseParts);
        this.courseKey = courseKey;
        this.blockType = blockType;
        this.blockId = blockId;
    }

    /** The prefix, what follows the prefix of the course's key, and the block; Python writes a missing type as None. */
    static String text(String prefix, CourseKey course, @Nullable String blockType, String blockId) {
        String place = course.toString();
        return new StringBuilder(place.length() + blockId.length() + 64)
                .append(prefix)
                .append(place, place.indexOf(':') + 1, place.length())
                .append("+type@")
                .append(blockType == null ? "None" : blockType)
                .append("+block@")
                .append(blockId)
                .toString();
    }

    /** The id of the block in a key that must have one, without the percent sign that only old ids may hold. */
    static String requiredBlockId(KeyInput in, @Nullable String blockId) {
        if (blockId == null) {
            throw in.invalid("it names no block, expected '+block@id' at its end");
        }
        return in.require("the block's id", blockId, CharSet.ID);
    }

    /** Checks a key that was put together; one that was read holds nothing else. */
    final void check(String type) {
        KeyInput in = new KeyInput(toString(), KeyKind.USAGE);
        in.require("the block's type", type, CharSet.ID);
        in.require("the block's id", blockId, CharSet.ID);
    }

    public final @Nullable LearningContextKey contextKey() {
        return courseKey;
    }

    public final @Nullable String blockType() {
        return blockType;
    }

    public final String blockId() {
        return blockId;
    }

    @Override
    final List<@Nullable Object> unwrittenFields() {
        return Arrays.asList(courseParts(), blockType);
    }

    final Parts collectParts() {
        return courseParts()
                .addTo(new Parts())
                .put("course_key", courseKey)
                .put("block_type", blockType)
                .put("block_id", blockId);
    }
}
