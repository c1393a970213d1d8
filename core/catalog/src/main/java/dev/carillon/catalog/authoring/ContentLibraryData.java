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

    /** Asks for the required components in wire order; the others may follow, in any order. */
    public static ContentLibraryDataBuilder.LibraryKeyStage builder() {
        return ContentLibraryDataBuilder.builder();
    }

    /** A builder that holds the values of this record, to make a changed copy. */
    public ContentLibraryDataBuilder toBuilder() {
        return ContentLibraryDataBuilder.builder(this);
    }
}
