package dev.carillon.catalog.enterprise;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;
import java.util.UUID;

/**
 * A group of learners within an enterprise customer.
 *
 * @param uuid the group's UUID
 */
@EventData
public record EnterpriseGroup(UUID uuid) {

    public EnterpriseGroup {
        required(uuid, "EnterpriseGroup.uuid");
    }

    /** Asks for the required components in wire order; the others may follow, in any order. */
    public static EnterpriseGroupBuilder.UuidStage builder() {
        return EnterpriseGroupBuilder.builder();
    }

    /** A builder that holds the values of this record, to make a changed copy. */
    public EnterpriseGroupBuilder toBuilder() {
        return EnterpriseGroupBuilder.builder(this);
    }
}
