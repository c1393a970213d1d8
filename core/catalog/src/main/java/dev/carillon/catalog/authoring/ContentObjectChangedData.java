package dev.carillon.catalog.authoring;

import static dev.carillon.catalog.internal.Components.immutable;
import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.Defaults;
import dev.carillon.catalog.internal.EventData;
import dev.carillon.events.DefaultValue;
import io.soabase.recordbuilder.core.RecordBuilder.Initializer;
import java.util.List;

/**
 * Anything that can be tagged or collected, and what changed about it.
 *
 * @param objectId its key as text; its text says of which kind
 * @param changes what changed, such as {@code tags}, {@code collections} or {@code units}; empty means anything
 *     may have. Immutable
 */
@EventData
public record ContentObjectChangedData(
        String objectId,

        @DefaultValue("[]") @Initializer(source = Defaults.class, value = "emptyList")
        List<String> changes) {

    public ContentObjectChangedData {
        required(objectId, "ContentObjectChangedData.objectId");
        changes = immutable(changes, "ContentObjectChangedData.changes");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static ContentObjectChangedDataBuilder.ObjectIdStage builder() {
        return ContentObjectChangedDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public ContentObjectChangedDataBuilder toBuilder() {
        return ContentObjectChangedDataBuilder.builder(this);
    }
}
