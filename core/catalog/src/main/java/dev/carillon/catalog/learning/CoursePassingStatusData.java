package dev.carillon.catalog.learning;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;

/**
 * Whether a learner's grade is enough to pass a course run, as it stands now.
 *
 * @param isPassing true while the grade is enough
 * @param course the course run
 * @param user the learner
 */
@EventData
public record CoursePassingStatusData(boolean isPassing, CourseData course, UserData user) {

    public CoursePassingStatusData {
        required(course, "CoursePassingStatusData.course");
        required(user, "CoursePassingStatusData.user");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static CoursePassingStatusDataBuilder.IsPassingStage builder() {
        return CoursePassingStatusDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public CoursePassingStatusDataBuilder toBuilder() {
        return CoursePassingStatusDataBuilder.builder(this);
    }
}
