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

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static ContentObjectDataBuilder.ObjectIdStage builder() {
        return ContentObjectDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public ContentObjectDataBuilder toBuilder() {
        return ContentObjectDataBuilder.builder(this);
    }
}
