package dev.carillon.credentials.rest;

import dev.carillon.events.keys.CourseKey;
import dev.carillon.events.keys.InvalidKeyException;
import org.jspecify.annotations.Nullable;

/** Keys of course runs in calls. */
final class CourseRunKeys {

    private CourseRunKeys() {}

    /** Reads a field; null if it is missing or wrong, which the body notes. */
    static @Nullable String read(Body body, String name) {
        String text = body.text(name);
        if (text == null) {
            return null;
        }
        try {
            return CourseKey.parse(text).toString();
        } catch (InvalidKeyException e) {
            body.plainProblem(
                    name, "\"" + text + "\" is not the key of a course run, such as course-v1:Org+Course+Run.");
            return null;
        }
    }
}
