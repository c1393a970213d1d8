package dev.carillon.catalog.authoring;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.Defaults;
import dev.carillon.catalog.internal.EventData;
import dev.carillon.events.DefaultValue;
import dev.carillon.events.keys.LibraryCollectionLocator;
import io.soabase.recordbuilder.core.RecordBuilder.Initializer;

/**
 * A collection within a content library.
 *
 * @param collectionKey which collection
 * @param background whether the sender asks receivers to work asynchronously. No longer used: senders send from a
 *     task of their own instead
 */
@EventData
public record LibraryCollectionData(
        LibraryCollectionLocator collectionKey,

        @DefaultValue("false") @Initializer(source = Defaults.class, value = "FALSE")
        boolean background) {

    public LibraryCollectionData {
        required(collectionKey, "LibraryCollectionData.collectionKey");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static LibraryCollectionDataBuilder.CollectionKeyStage builder() {
        return LibraryCollectionDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public LibraryCollectionDataBuilder toBuilder() {
        return LibraryCollectionDataBuilder.builder(this);
    }
}
