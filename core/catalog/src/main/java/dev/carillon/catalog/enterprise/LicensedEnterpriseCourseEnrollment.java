package dev.carillon.catalog.enterprise;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An enrollment that a license allows. No event carries it yet.
 *
 * @param uuid the fulfillment's UUID
 * @param created when the record was made
 * @param modified when the record was last changed
 * @param fulfillmentType the kind of subsidy, {@code license}
 * @param isRevoked whether the subsidy was taken back
 * @param enterpriseCourseEntitlementUuid the course entitlement that was subsidized, or null
 * @param enterpriseCourseEnrollment the enrollment that was subsidized, or null
 * @param licenseUuid the license, or null
 */
@EventData
public record LicensedEnterpriseCourseEnrollment(
        UUID uuid,
        OffsetDateTime created,
        OffsetDateTime modified,
        String fulfillmentType,
        boolean isRevoked,
        @Nullable UUID enterpriseCourseEntitlementUuid,
        @Nullable EnterpriseCourseEnrollment enterpriseCourseEnrollment,
        @Nullable UUID licenseUuid) {

    public LicensedEnterpriseCourseEnrollment {
        required(uuid, "LicensedEnterpriseCourseEnrollment.uuid");
        required(created, "LicensedEnterpriseCourseEnrollment.created");
        required(modified, "LicensedEnterpriseCourseEnrollment.modified");
        required(fulfillmentType, "LicensedEnterpriseCourseEnrollment.fulfillmentType");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static LicensedEnterpriseCourseEnrollmentBuilder.UuidStage builder() {
        return LicensedEnterpriseCourseEnrollmentBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public LicensedEnterpriseCourseEnrollmentBuilder toBuilder() {
        return LicensedEnterpriseCourseEnrollmentBuilder.builder(this);
    }
}
