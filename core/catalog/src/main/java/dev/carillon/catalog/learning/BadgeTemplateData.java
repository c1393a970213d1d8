package dev.carillon.catalog.learning;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;
import org.jspecify.annotations.Nullable;

/**
 * What a badge is about, the same for all who earn it.
 *
 * @param uuid the template's UUID in the Credentials service
 * @param origin who issues such badges, such as {@code credly}
 * @param name the name that learners see, or null
 * @param description what the badge stands for, or null
 * @param imageUrl the picture, or null
 */
@EventData
public record BadgeTemplateData(
        String uuid,
        String origin,
        @Nullable String name,
        @Nullable String description,
        @Nullable String imageUrl) {

    public BadgeTemplateData {
        required(uuid, "BadgeTemplateData.uuid");
        required(origin, "BadgeTemplateData.origin");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static BadgeTemplateDataBuilder.UuidStage builder() {
        return BadgeTemplateDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public BadgeTemplateDataBuilder toBuilder() {
        return BadgeTemplateDataBuilder.builder(this);
    }
}
