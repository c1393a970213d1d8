package dev.carillon.catalog.learning;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A learner's enrollment in a course run.
 *
 * @param user the learner
 * @param course the course run
 * @param mode the enrollment track: {@code audit}, {@code honor}, {@code verified}, {@code professional},
 *     {@code no-id-professional}, {@code credit}, {@code masters} or another that the site defines
 * @param isActive true while enrolled, false once unenrolled
 * @param creationDate when the learner enrolled first; a later re-enrollment keeps it
 * @param createdBy who enrolled the learner, or null if unknown
 */
@EventData
public record CourseEnrollmentData(
        UserData user,
        CourseData course,
        String mode,
        boolean isActive,
        OffsetDateTime creationDate,
        @Nullable UserData createdBy) {

    public CourseEnrollmentData {
        required(user, "CourseEnrollmentData.user");
        required(course, "CourseEnrollmentData.course");
        required(mode, "CourseEnrollmentData.mode");
        required(creationDate, "CourseEnrollmentData.creationDate");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static CourseEnrollmentDataBuilder.UserStage builder() {
        return CourseEnrollmentDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public CourseEnrollmentDataBuilder toBuilder() {
        return CourseEnrollmentDataBuilder.builder(this);
    }
}
