package dev.carillon.catalog.enterprise;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What all subsidized enrollments have in common. No event carries it on its own.
 *
 * @param uuid the fulfillment's UUID
 * @param created when the record was made
 * @param modified when the record was last changed
 * @param fulfillmentType the kind of subsidy, such as {@code license}, {@code learner_credit} or
 *     {@code coupon_code}
 * @param isRevoked whether the subsidy was taken back
 * @param enterpriseCourseEntitlementUuid the course entitlement that was subsidized, or null
 * @param enterpriseCourseEnrollment the enrollment that was subsidized, or null
 */
@EventData
public record BaseEnterpriseFulfillment(
        UUID uuid,
        OffsetDateTime created,
        OffsetDateTime modified,
        String fulfillmentType,
        boolean isRevoked,
        @Nullable UUID enterpriseCourseEntitlementUuid,
        @Nullable EnterpriseCourseEnrollment enterpriseCourseEnrollment) {

    public BaseEnterpriseFulfillment {
        required(uuid, "BaseEnterpriseFulfillment.uuid");
        required(created, "BaseEnterpriseFulfillment.created");
        required(modified, "BaseEnterpriseFulfillment.modified");
        required(fulfillmentType, "BaseEnterpriseFulfillment.fulfillmentType");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static BaseEnterpriseFulfillmentBuilder.UuidStage builder() {
        return BaseEnterpriseFulfillmentBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public BaseEnterpriseFulfillmentBuilder toBuilder() {
        return BaseEnterpriseFulfillmentBuilder.builder(this);
    }
}
