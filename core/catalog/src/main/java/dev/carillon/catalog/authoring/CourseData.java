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

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static CourseDataBuilder.CourseKeyStage builder() {
        return CourseDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public CourseDataBuilder toBuilder() {
        return CourseDataBuilder.builder(this);
    }
}
