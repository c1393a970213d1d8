package dev.carillon.catalog.enterprise;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An enrollment that was paid for with learner credit.
 *
 * @param uuid the fulfillment's UUID
 * @param created when the record was made
 * @param modified when the record was last changed
 * @param fulfillmentType the kind of subsidy, {@code learner_credit}
 * @param isRevoked whether the subsidy was taken back
 * @param enterpriseCourseEntitlementUuid the course entitlement that was subsidized, or null
 * @param enterpriseCourseEnrollment the enrollment that was subsidized, or null
 * @param transactionId the ledger transaction that paid, or null
 */
@EventData
public record LearnerCreditEnterpriseCourseEnrollment(
        UUID uuid,
        OffsetDateTime created,
        OffsetDateTime modified,
        String fulfillmentType,
        boolean isRevoked,
        @Nullable UUID enterpriseCourseEntitlementUuid,
        @Nullable EnterpriseCourseEnrollment enterpriseCourseEnrollment,
        @Nullable UUID transactionId) {

    public LearnerCreditEnterpriseCourseEnrollment {
        required(uuid, "LearnerCreditEnterpriseCourseEnrollment.uuid");
        required(created, "LearnerCreditEnterpriseCourseEnrollment.created");
        required(modified, "LearnerCreditEnterpriseCourseEnrollment.modified");
        required(fulfillmentType, "LearnerCreditEnterpriseCourseEnrollment.fulfillmentType");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static LearnerCreditEnterpriseCourseEnrollmentBuilder.UuidStage builder() {
        return LearnerCreditEnterpriseCourseEnrollmentBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public LearnerCreditEnterpriseCourseEnrollmentBuilder toBuilder() {
        return LearnerCreditEnterpriseCourseEnrollmentBuilder.builder(this);
    }
}
