package dev.carillon.catalog.authoring;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;

/**
 * Anything that can be tagged: a course, a block, a library or what it holds.
 *
 * @param objectId its key as text; its text says of which kind
 */
@EventData
public record ContentObjectData(String objectId) {

    public ContentObjectData {
        required(objectId, "ContentObjectData.objectId");
    }

    /** Asks for the required components in wire order; the others may follow, in any order. */
    public static ContentObjectDataBuilder.ObjectIdStage builder() {
        return ContentObjectDataBuilder.builder();
    }

    /** A builder that holds the values of this record, to make a changed copy. */
    public ContentObjectDataBuilder toBuilder() {
        return ContentObjectDataBuilder.builder(this);
    }
}
