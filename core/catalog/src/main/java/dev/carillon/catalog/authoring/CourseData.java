package dev.carillon.catalog.authoring;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;
import dev.carillon.events.keys.CourseKey;

/**
 * A course run as Studio describes it: only its key. Learners' events use the richer
 * {@link dev.carillon.catalog.learning.CourseData}.
 *
 * @param courseKey which course run
 */
@EventData
public record CourseData(CourseKey courseKey) {

    public CourseData {
        required(courseKey, "CourseData.courseKey");
    }

    /** Asks for the required components in wire order; the others may follow, in any order. */
    public static CourseDataBuilder.CourseKeyStage builder() {
        return CourseDataBuilder.builder();
    }

    /** A builder that holds the values of this record, to make a changed copy. */
    public CourseDataBuilder toBuilder() {
        return CourseDataBuilder.builder(this);
    }
}
