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

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static EnterpriseGroupBuilder.UuidStage builder() {
        return EnterpriseGroupBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public EnterpriseGroupBuilder toBuilder() {
        return EnterpriseGroupBuilder.builder(this);
    }
}
