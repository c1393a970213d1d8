package dev.carillon.events.keys;

import java.util.Map;

/**
 * A key of Open edX, read and written exactly as the Python libraries {@code edx-opaque-keys} and {@code edx-ccx-keys}
 * do. Keys are immutable and thread-safe.
 *
 * <p>Two keys are equal when their {@link #typeName() type} and all fields are equal, also those that the text leaves
 * out: {@code course-v1:edX+DemoX+version@…} is written as {@code course-v1:version@…}, yet differs from it.
 */
public sealed interface OpaqueKey
        permits LearningContextKey, UsageKey, LibraryCollectionLocator, LibraryContainerLocator {

    /** The canonical text of this key, as on the wire. Computed once, then cached. */
    @Override
    String toString();

    /** The name of the Python class for this key, such as {@code CourseLocator} or {@code CCXLocator}. */
    String typeName();

    /**
     * What this key is made of, by Python attribute name in alphabetical order: {@code org}, {@code course},
     * {@code block_type}, {@code deprecated} and so on. Values are strings, {@code deprecated} is a {@link Boolean}; a
     * part that this key does not have is missing. The map is built on each call and cannot be modified.
     */
    Map<String, Object> parts();

    /** Whether this key has an old form, {@code org/course/run} or {@code i4x://…}, and is written in it. */
    boolean deprecated();
}
