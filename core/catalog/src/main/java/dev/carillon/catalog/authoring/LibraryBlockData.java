package dev.carillon.catalog.authoring;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;
import dev.carillon.events.keys.LibraryLocatorV2;
import dev.carillon.events.keys.LibraryUsageLocatorV2;

/**
 * A block in a content library.
 *
 * @param libraryKey which library
 * @param usageKey which block
 */
@EventData
public record LibraryBlockData(LibraryLocatorV2 libraryKey, LibraryUsageLocatorV2 usageKey) {

    public LibraryBlockData {
        required(libraryKey, "LibraryBlockData.libraryKey");
        required(usageKey, "LibraryBlockData.usageKey");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static LibraryBlockDataBuilder.LibraryKeyStage builder() {
        return LibraryBlockDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public LibraryBlockDataBuilder toBuilder() {
        return LibraryBlockDataBuilder.builder(this);
    }
}
