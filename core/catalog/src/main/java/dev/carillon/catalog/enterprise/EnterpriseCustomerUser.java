package dev.carillon.catalog.enterprise;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user's link to an enterprise customer.
 *
 * @param id the link's id
 * @param created when the record was made
 * @param modified when the record was last changed
 * @param enterpriseCustomerUuid which enterprise customer
 * @param userId the user's id in the LMS
 * @param active whether this is the customer that the user acts for now; at most one is
 * @param linked whether the link holds; false once it was removed
 * @param isRelinkable whether a removed link may be made again
 * @param shouldInactivateOtherCustomers whether activating this link deactivates the user's others
 * @param inviteKey the invitation by which the user came, or null
 */
@EventData
public record EnterpriseCustomerUser(
        long id,
        OffsetDateTime created,
        OffsetDateTime modified,
        UUID enterpriseCustomerUuid,
        long userId,
        boolean active,
        boolean linked,
        boolean isRelinkable,
        boolean shouldInactivateOtherCustomers,
        @Nullable UUID inviteKey) {

    public EnterpriseCustomerUser {
        required(created, "EnterpriseCustomerUser.created");
        required(modified, "EnterpriseCustomerUser.modified");
        required(enterpriseCustomerUuid, "EnterpriseCustomerUser.enterpriseCustomerUuid");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static EnterpriseCustomerUserBuilder.IdStage builder() {
        return EnterpriseCustomerUserBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public EnterpriseCustomerUserBuilder toBuilder() {
        return EnterpriseCustomerUserBuilder.builder(this);
    }
}
