package dev.carillon.catalog.learning;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;

/**
 * Whether a learner's grade is enough to pass a custom course (CCX), as it stands now. On the wire the course comes
 * last, unlike in {@link CoursePassingStatusData}.
 *
 * @param isPassing true while the grade is enough
 * @param user the learner
 * @param course the custom course
 */
@EventData
public record CcxCoursePassingStatusData(boolean isPassing, UserData user, CcxCourseData course) {

    public CcxCoursePassingStatusData {
        required(user, "CcxCoursePassingStatusData.user");
        required(course, "CcxCoursePassingStatusData.course");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static CcxCoursePassingStatusDataBuilder.IsPassingStage builder() {
        return CcxCoursePassingStatusDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public CcxCoursePassingStatusDataBuilder toBuilder() {
        return CcxCoursePassingStatusDataBuilder.builder(this);
    }
}
