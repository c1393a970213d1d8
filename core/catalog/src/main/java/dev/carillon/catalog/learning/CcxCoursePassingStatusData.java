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

    /** Asks for the required components in wire order; the others may follow, in any order. */
    public static CcxCoursePassingStatusDataBuilder.IsPassingStage builder() {
        return CcxCoursePassingStatusDataBuilder.builder();
    }

    /** A builder that holds the values of this record, to make a changed copy. */
    public CcxCoursePassingStatusDataBuilder toBuilder() {
        return CcxCoursePassingStatusDataBuilder.builder(this);
    }
}
