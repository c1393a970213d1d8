package dev.carillon.events.keys;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A key that is, or belongs to, a course or what is treated as one. */
abstract class KeyOfCourse extends AbstractKey {

    private final CourseParts courseParts;

    KeyOfCourse(String text, CourseParts courseParts) {
        super(text);
        this.courseParts = courseParts;
    }

    final CourseParts courseParts() {
        return courseParts;
    }

    /** The organization; null only for a key that names a version alone. */
    public final @Nullable String org() {
        return courseParts.org();
    }

    /** The course, or the legacy library; null only for a key that names a version alone. */
    public final @Nullable String course() {
        return courseParts.course();
    }

    /** The run; {@code library} for a legacy library; null if the key names a version instead, or is {@code i4x://…}. */
    public final @Nullable String run() {
        return courseParts.run();
    }

    /** The branch, such as {@code draft-branch}. */
    public final @Nullable String branch() {
        return courseParts.branch();
    }

    /** The stored version: 24 hexadecimal digits, in lower case. */
    public final @Nullable String versionGuid() {
        return courseParts.versionGuid();
    }

    /** Whether this key is written in an old form; false for the types that have none. */
    public boolean deprecated() {
        return false;
    }

    @Override
    List<@Nullable Object> unwrittenFields() {
        return List.of(courseParts);
    }
}
