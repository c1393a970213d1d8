package dev.carillon.catalog.authoring;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.Defaults;
import dev.carillon.catalog.internal.EventData;
import dev.carillon.events.DefaultValue;
import dev.carillon.events.keys.LibraryLocatorV2;
import io.soabase.recordbuilder.core.RecordBuilder.Initializer;

/**
 * A content library.
 *
 * @param libraryKey which library
 * @param updateBlocks whether the search index of all its blocks should be renewed. No longer used: each block
 *     that changes has an event of its own
 */
@EventData
public record ContentLibraryData(
        LibraryLocatorV2 libraryKey,

        @DefaultValue("false") @Initializer(source = Defaults.class, value = "FALSE")
        boolean updateBlocks) {

    public ContentLibraryData {
        required(libraryKey, "ContentLibraryData.libraryKey");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static ContentLibraryDataBuilder.LibraryKeyStage builder() {
        return ContentLibraryDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public ContentLibraryDataBuilder toBuilder() {
        return ContentLibraryDataBuilder.builder(this);
    }
}
