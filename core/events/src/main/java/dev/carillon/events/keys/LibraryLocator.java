package dev.carillon.events.keys;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A legacy library, {@code library-v1:org+library}; content libraries are {@link LibraryLocatorV2}. */
public final class LibraryLocator extends KeyOfCourse implements CourseKey {

    static final String PREFIX = "library-v1:";

    /** What stands for the run of each library. */
    static final String RUN = "library";

    private LibraryLocator(CourseParts parts) {
        super(parts.libraryText(PREFIX), parts);
    }

    static LibraryLocator named(CourseParts parts) {
        return new LibraryLocator(
                new CourseParts(parts.org(), parts.course(), RUN, parts.branch(), parts.versionGuid()));
    }

    static LibraryLocator read(KeyInput in) {
        return named(LocatorScanner.scan(in, PREFIX, LocatorGrammar.LIBRARY).course());
    }

    /**
     * The key {@code library-v1:org+library}.
     *
     * @throws InvalidKeyException if a part is empty or contains a character that keys do not allow
     */
    public static LibraryLocator of(String org, String library) {
        CourseParts parts = new CourseParts(org, library, RUN, null, null);
        return new LibraryLocator(parts.checked(new KeyInput(parts.libraryText(PREFIX), KeyKind.COURSE)));
    }

    /** The library's name, which is also its {@link #course}; null only for a key that names a version alone. */
    public @Nullable String library() {
        return course();
    }

    @Override
    public String typeName() {
        return "LibraryLocator";
    }

    @Override
    public Map<String, Object> parts() {
        return courseParts().addTo(new Parts()).put("library", library()).of(this);
    }
}
