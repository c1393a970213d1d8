package dev.carillon.events.keys;

import org.jspecify.annotations.Nullable;

/** What the scanner found in a key: a course or library, and perhaps a custom course or a block in it. */
record LocatorUrl(
        CourseParts course,
        @Nullable String ccx,
        @Nullable String blockType,
        @Nullable String blockId) {

    /** Whether more follows than a course or library. */
    boolean reachesIntoBlock() {
        return blockType != null || blockId != null;
    }
}
