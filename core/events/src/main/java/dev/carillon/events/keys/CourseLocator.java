package dev.carillon.events.keys;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A course run: {@code course-v1:org+course+run}, or {@code org/course/run} as courses were named before. */
public final class CourseLocator extends KeyOfCourse implements CourseKey {

    static final String PREFIX = "course-v1:";
    static final String SLASHES_PREFIX = "slashes:";

    private final boolean deprecated;

    private CourseLocator(String text, CourseParts parts, boolean deprecated) {
        super(text, parts);
        this.deprecated = deprecated;
    }

    static CourseLocator named(CourseParts parts) {
        return new CourseLocator(parts.courseText(PREFIX), parts, false);
    }

    static CourseLocator read(KeyInput in, String prefix) {
        LocatorUrl url = LocatorScanner.scan(in, prefix, LocatorGrammar.COURSE);
        boolean canonical = prefix.equals(PREFIX) && url.course().run() != null && !url.reachesIntoBlock();
        return canonical ? new CourseLocator(in.text(), url.course(), false) : named(url.course());
    }

    /** Reads {@code org/course/run}, where the run may be empty. */
    static CourseLocator readOldStyle(KeyInput in) {
        String text = in.text();
        int first = text.indexOf('/');
        int second = text.indexOf('/', first + 1);
        if (first < 0 || second < 0 || text.indexOf('/', second + 1) >= 0) {
            throw in.invalid("expected 'course-v1:org+course+run' or 'org/course/run'");
        }
        String org = in.require("the organization", text.substring(0, first), CharSet.OLD_ID);
        String course = in.require("the course", text.substring(first + 1, second), CharSet.OLD_ID);
        String run = text.substring(second + 1);
        if (!run.isEmpty()) {
            in.require("the run", run, CharSet.OLD_ID);
        }
        return new CourseLocator(text, new CourseParts(org, course, run, null, null), true);
    }

    /**
     * The key {@code course-v1:org+course+run}.
     *
     * @throws InvalidKeyException if a part is empty or contains a character that keys do not allow
     */
    public static CourseLocator of(String org, String course, String run) {
        return of(org, course, run, null, null);
    }

    /**
     * The key {@code course-v1:org+course+run+branch@branch+version@versionGuid}, where null parts are left out.
     *
     * @throws InvalidKeyException if a part is empty or contains a character that keys do not allow, or the version is not
     *     24 hexadecimal digits
     */
    public static CourseLocator of(
            String org, String course, String run, @Nullable String branch, @Nullable String versionGuid) {
        CourseParts parts = new CourseParts(org, course, run, branch, versionGuid);
        return named(parts.checked(new KeyInput(parts.courseText(PREFIX), KeyKind.COURSE)));
    }

    @Override
    public String typeName() {
        return "CourseLocator";
    }

    @Override
    public boolean deprecated() {
        return deprecated;
    }

    @Override
    public Map<String, Object> parts() {
        return courseParts().addTo(new Parts()).of(this);
    }
}
