package dev.carillon.events.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LibraryPartsOfOldReleasesTest {

    private static final String FREE_TEXT = "Grace Katherine Grace";

    @Test
    void aCollectionOfAnOldReleaseIsItsText() {
        LibraryCollectionLocator collection = LibraryCollectionLocator.withoutLibrary(FREE_TEXT);

        assertThat(collection).hasToString(FREE_TEXT);
        assertThat(collection.collectionId()).isEqualTo(FREE_TEXT);
        assertThat(collection.libraryKey()).isNull();
        assertThat(collection.parts()).isEqualTo(Map.of("collection_id", FREE_TEXT, "deprecated", false));
    }

    @Test
    void aContainerOfAnOldReleaseIsItsText() {
        LibraryContainerLocator container = LibraryContainerLocator.withoutLibrary(FREE_TEXT);

        assertThat(container).hasToString(FREE_TEXT);
        assertThat(container.containerId()).isEqualTo(FREE_TEXT);
        assertThat(container.libraryKey()).isNull();
        assertThat(container.containerType()).isNull();
        assertThat(container.parts()).isEqualTo(Map.of("container_id", FREE_TEXT, "deprecated", false));
    }

    @Test
    void freeTextIsNoKeyWhereAKeyIsRead() {
        assertThatExceptionOfType(InvalidKeyException.class)
                .isThrownBy(() -> LibraryCollectionLocator.parse(FREE_TEXT));
        assertThatExceptionOfType(InvalidKeyException.class).isThrownBy(() -> LibraryContainerLocator.parse(FREE_TEXT));
    }
}
