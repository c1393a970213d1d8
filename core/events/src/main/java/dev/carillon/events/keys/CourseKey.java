package dev.carillon.events.keys;

import org.jspecify.annotations.Nullable;

/**
 * A course run, a custom course (CCX), or a legacy library, which Open edX treats as a course.
 *
 * <p>A key may name a stored version alone ({@code course-v1:version@519665f6223ebd6980884f2b}); only then are
 * {@link #org}, {@link #course} and {@link #run} null, or {@link #run} alone.
 */
public sealed interface CourseKey extends LearningContextKey permits CourseLocator, LibraryLocator, CcxLocator {

    /**
     * Reads {@code course-v1:…}, {@code library-v1:…}, {@code ccx-v1:…}, {@code slashes:…}, or the old
     * {@code org/course/run}.
     *
     * @throws InvalidKeyException if the text is none of these
     */
    static CourseKey parse(String text) {
        KeyInput in = new KeyInput(text, KeyKind.COURSE);
        if (in.startsWith(CourseLocator.PREFIX)) {
            return CourseLocator.read(in, CourseLocator.PREFIX);
        }
        if (text.indexOf(':') < 0) {
            return CourseLocator.readOldStyle(in);
        }
        if (in.startsWith(LibraryLocator.PREFIX)) {
            return LibraryLocator.read(in);
        }
        if (in.startsWith(CcxLocator.PREFIX)) {
            return CcxLocator.read(in);
        }
        if (in.startsWith(CourseLocator.SLASHES_PREFIX)) {
            return CourseLocator.read(in, CourseLocator.SLASHES_PREFIX);
        }
        throw in.invalid("expected one that starts with 'course-v1:', 'library-v1:' or 'ccx-v1:'");
    }

    /**
     * The key {@code course-v1:org+course+run}.
     *
     * @throws InvalidKeyException if a part is empty or contains a character that keys do not allow
     */
    static CourseLocator of(String org, String course, String run) {
        return CourseLocator.of(org, course, run);
    }

    /** The organization; null only for a key that names a version alone. */
    @Nullable
    String org();

    /** The course, or the library; null only for a key that names a version alone. */
    @Nullable
    String course();

    /** The run; {@code library} for a library; null only for a key that names a version instead. */
    @Nullable
    String run();

    /** The branch, such as {@code draft-branch}. */
    @Nullable
    String branch();

    /** The stored version: 24 hexadecimal digits, in lower case. */
    @Nullable
    String versionGuid();
}
