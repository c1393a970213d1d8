package dev.carillon.events.keys;

import java.util.List;
import java.util.Map;

/** A block in a course, in a form that was used for a short time: {@code location:org+course+run+problem+id}. */
public final class DeprecatedLocation extends BlockOfCourse implements UsageKey {

    static final String PREFIX = "location:";

    private static final List<String> FIELDS = List.of("org", "course", "run", "type", "id");

    private DeprecatedLocation(String text, CourseLocator course, String blockType, String blockId) {
        super(text, course.courseParts(), course, blockType, blockId);
    }

    static DeprecatedLocation read(KeyInput in) {
        List<String> fields = in.split(PREFIX, '+', FIELDS);
        for (int i = 0; i < FIELDS.size(); i++) {
            in.require("the " + FIELDS.get(i), fields.get(i), CharSet.ID);
        }
        CourseParts parts = new CourseParts(fields.get(0), fields.get(1), fields.get(2), null, null);
        return new DeprecatedLocation(in.text(), CourseLocator.named(parts), fields.get(3), fields.get(4));
    }

    @Override
    public String typeName() {
        return "DeprecatedLocation";
    }

    @Override
    public Map<String, Object> parts() {
        return collectParts().of(this);
    }
}
