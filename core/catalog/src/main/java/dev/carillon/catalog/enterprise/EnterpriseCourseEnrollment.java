package dev.carillon.catalog.enterprise;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;
import dev.carillon.events.keys.CourseKey;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * An enrollment in a course run by way of an enterprise customer.
 *
 * @param id the enrollment's id
 * @param created when the record was made
 * @param modified when the record was last changed
 * @param enterpriseCustomerUser who is enrolled, as user of the enterprise customer
 * @param courseId the course run
 * @param savedForLater whether the learner put the course aside in the learner portal
 * @param sourceSlug what enrolled the learner, such as {@code enrollment_task}, or null if unknown
 * @param unenrolled whether the learner was unenrolled since, or null if unknown
 * @param unenrolledAt when the learner was unenrolled, or null
 */
@EventData
public record EnterpriseCourseEnrollment(
        long id,
        OffsetDateTime created,
        OffsetDateTime modified,
        EnterpriseCustomerUser enterpriseCustomerUser,
        CourseKey courseId,
        boolean savedForLater,
        @Nullable String sourceSlug,
        @Nullable Boolean unenrolled,
        @Nullable OffsetDateTime unenrolledAt) {

    public EnterpriseCourseEnrollment {
        required(created, "EnterpriseCourseEnrollment.created");
        required(modified, "EnterpriseCourseEnrollment.modified");
        required(enterpriseCustomerUser, "EnterpriseCourseEnrollment.enterpriseCustomerUser");
        required(courseId, "EnterpriseCourseEnrollment.courseId");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static EnterpriseCourseEnrollmentBuilder.IdStage builder() {
        return EnterpriseCourseEnrollmentBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public EnterpriseCourseEnrollmentBuilder toBuilder() {
        return EnterpriseCourseEnrollmentBuilder.builder(this);
    }
}
