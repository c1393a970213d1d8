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

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static BadgeDataBuilder.UuidStage builder() {
        return BadgeDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public BadgeDataBuilder toBuilder() {
        return BadgeDataBuilder.builder(this);
    }
}
