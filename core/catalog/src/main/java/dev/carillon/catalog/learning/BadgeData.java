package dev.carillon.catalog.learning;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;

/**
 * A badge that a learner has or had.
 *
 * @param uuid the UUID of this learner's badge
 * @param user the learner
 * @param template which badge
 */
@EventData
public record BadgeData(String uuid, UserData user, BadgeTemplateData template) {

    public BadgeData {
        required(uuid, "BadgeData.uuid");
        required(user, "BadgeData.user");
        required(template, "BadgeData.template");
    }

    /** Asks for the required components in wire order; the others may follow, in any order. */
    public static BadgeDataBuilder.UuidStage builder() {
        return BadgeDataBuilder.builder();
    }

    /** A builder that holds the values of this record, to make a changed copy. */
    public BadgeDataBuilder toBuilder() {
        return BadgeDataBuilder.builder(this);
    }
}
