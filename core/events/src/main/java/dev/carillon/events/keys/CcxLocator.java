package dev.carillon.events.keys;

import java.util.Map;
import java.util.Objects;

/** A custom course, which a coach made from a course run: {@code ccx-v1:org+course+run+ccx@number}. */
public final class CcxLocator extends KeyOfCourse implements CourseKey {

    static final String PREFIX = "ccx-v1:";

    private final String ccx;

    private CcxLocator(CourseParts parts, String ccx) {
        super(parts.courseText(PREFIX) + "+ccx@" + ccx, parts);
        this.ccx = ccx;
    }

    static CcxLocator named(LocatorUrl url) {
        return new CcxLocator(url.course(), Objects.requireNonNull(url.ccx(), "the scanner lets no key pass without"));
    }

    static CcxLocator read(KeyInput in) {
        return named(LocatorScanner.scan(in, PREFIX, LocatorGrammar.CCX));
    }

    /**
     * Reads {@code ccx-v1:…}.
     *
     * @throws InvalidKeyException if the text is no key of a custom course
     */
    public static CcxLocator parse(String text) {
        return read(new KeyInput(text, KeyKind.CCX));
    }

    /**
     * The key of a custom course of a course run, on the run's branch and version if it has such.
     *
     * @throws InvalidKeyException if the number is negative, or the course has an old {@code org/course/run} key
     */
    public static CcxLocator of(CourseLocator course, long number) {
        CcxLocator ccx = new CcxLocator(course.courseParts(), Long.toString(number));
        KeyInput in = new KeyInput(ccx.toString(), KeyKind.CCX);
        in.require("the number", ccx.ccx, CharSet.DECIMAL);
        if (course.deprecated()) {
            throw in.invalid("there are no custom courses of a course with an old key (" + course + ")");
        }
        return ccx;
    }

    /** The number of the custom course: decimal digits, as they stand in the key. */
    public String ccx() {
        return ccx;
    }

    @Override
    public String typeName() {
        return "CCXLocator";
    }

    @Override
    public Map<String, Object> parts() {
        return courseParts().addTo(new Parts()).put("ccx", ccx).of(this);
    }
}
