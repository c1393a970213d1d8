package dev.carillon.catalog.authoring;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.Defaults;
import dev.carillon.catalog.internal.EventData;
import dev.carillon.events.DefaultValue;
import dev.carillon.events.keys.LibraryContainerLocator;
import io.soabase.recordbuilder.core.RecordBuilder.Initializer;

/**
 * A container (unit, subsection, section) within a content library.
 *
 * @param containerKey which container
 * @param background whether the sender asks receivers to work asynchronously. No longer used: senders send from a
 *     task of their own instead
 */
@EventData
public record LibraryContainerData(
        LibraryContainerLocator containerKey,

        @DefaultValue("false") @Initializer(source = Defaults.class, value = "FALSE")
        boolean background) {

    public LibraryContainerData {
        required(containerKey, "LibraryContainerData.containerKey");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static LibraryContainerDataBuilder.ContainerKeyStage builder() {
        return LibraryContainerDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public LibraryContainerDataBuilder toBuilder() {
        return LibraryContainerDataBuilder.builder(this);
    }
}
