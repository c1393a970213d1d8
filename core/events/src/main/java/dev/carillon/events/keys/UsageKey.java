package dev.carillon.events.keys;

import org.jspecify.annotations.Nullable;

/** One use of a block (problem, video, unit …) in a course or a library. */
public sealed interface UsageKey extends OpaqueKey
        permits BlockUsageLocator,
                LibraryUsageLocator,
                CcxBlockUsageLocator,
                DeprecatedLocation,
                LibraryUsageLocatorV2,
                AsideUsageKey {

    /** The block's type, such as {@code problem}; null for a {@code block-v1} or {@code ccx-block-v1} key without one. */
    @Nullable
    String blockType();

    /** The block's name within its course or library. */
    String blockId();

    /** The course or library that the block is in; null for an {@code i4x://…} key, which does not name the run. */
    @Nullable
    LearningContextKey contextKey();

    /**
     * The course that the block is in; null where {@link #contextKey} is null or is no course, as for the blocks of
     * content libraries ({@code lb:…}).
     */
    default @Nullable CourseKey courseKey() {
        return contextKey() instanceof CourseKey course ? course : null;
    }

    /**
     * Reads {@code block-v1:…}, {@code lb:…}, {@code lib-block-v1:…}, {@code ccx-block-v1:…}, the old {@code i4x://…} and
     * {@code location:…}, and {@code aside-usage-v1:…} and {@code aside-usage-v2:…} around any of them.
     *
     * @throws InvalidKeyException if the text is none of these
     */
    static UsageKey parse(String text) {
        KeyInput in = new KeyInput(text, KeyKind.USAGE);
        if (in.startsWith(BlockUsageLocator.PREFIX)) {
            return BlockUsageLocator.read(in);
        }
        if (in.startsWith(LibraryUsageLocatorV2.PREFIX)) {
            return LibraryUsageLocatorV2.read(in);
        }
        if (in.startsWith(LibraryUsageLocator.PREFIX)) {
            return LibraryUsageLocator.read(in);
        }
        if (in.startsWith(CcxBlockUsageLocator.PREFIX)) {
            return CcxBlockUsageLocator.read(in);
        }
        if (in.startsWith(BlockUsageLocator.OLD_STYLE_PREFIX)) {
            return BlockUsageLocator.readOldStyle(in);
        }
        if (in.startsWith(DeprecatedLocation.PREFIX)) {
            return DeprecatedLocation.read(in);
        }
        if (in.startsWith(AsideUsageKey.PREFIX)) {
            return AsideUsageKey.read(in);
        }
        throw in.invalid("expected one that starts with 'block-v1:', 'lb:', 'lib-block-v1:' or 'ccx-block-v1:'");
    }

    /**
     * The key of a block in a course or library: {@code block-v1:…}, {@code lib-block-v1:…}, {@code ccx-block-v1:…} or
     * {@code lb:…}, as the context asks for; {@code i4x://…} in a course with an old {@code org/course/run} key.
     *
     * @throws InvalidKeyException if the type or the id is empty or contains a character that keys do not allow
     */
    static UsageKey of(LearningContextKey context, String blockType, String blockId) {
        if (context instanceof CourseLocator course) {
            return BlockUsageLocator.of(course, blockType, blockId);
        }
        if (context instanceof CcxLocator ccx) {
            return CcxBlockUsageLocator.of(ccx, blockType, blockId);
        }
        if (context instanceof LibraryLocator library) {
            return LibraryUsageLocator.of(library, blockType, blockId);
        }
        return LibraryUsageLocatorV2.of((LibraryLocatorV2) context, blockType, blockId);
    }
}
