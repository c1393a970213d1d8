package dev.carillon.catalog.authoring;

import dev.carillon.events.Signal;
import java.util.List;

/**
 * What happens to courses and libraries while they are made. Each signal is followed by its event type, its path in
 * Python, and the release of {@code openedx-events} that first put it on the bus.
 */
public final class AuthoringSignals {

    private static final String IMAGES = "it carries open image streams, which no message can hold";

    /**
     * A course run changed in a way that catalogs care about: title, dates, visibility. Sent by Studio.
     *
     * <p>{@code org.openedx.content_authoring.course.catalog_info.changed.v1}<br>
     * {@code openedx_events.content_authoring.signals.COURSE_CATALOG_INFO_CHANGED}, on the bus since 0.11.0
     */
    public static final Signal<CourseCatalogData> COURSE_CATALOG_INFO_CHANGED = Signal.of(
                    "org.openedx.content_authoring.course.catalog_info.changed.v1",
                    "catalog_info",
                    CourseCatalogData.class)
            .withPythonPath("openedx_events.content_authoring.signals.COURSE_CATALOG_INFO_CHANGED");

    /**
     * A block was created. Sent by Studio.
     *
     * <p>{@code org.openedx.content_authoring.xblock.created.v1}<br>
     * {@code openedx_events.content_authoring.signals.XBLOCK_CREATED}, on the bus since 8.3.0
     */
    public static final Signal<XBlockData> XBLOCK_CREATED = Signal.of(
                    "org.openedx.content_authoring.xblock.created.v1", "xblock_info", XBlockData.class)
            .withPythonPath("openedx_events.content_authoring.signals.XBLOCK_CREATED");

    /**
     * A block was edited, in the draft. Sent by Studio.
     *
     * <p>{@code org.openedx.content_authoring.xblock.updated.v1}<br>
     * {@code openedx_events.content_authoring.signals.XBLOCK_UPDATED}, on the bus since 8.3.0
     */
    public static final Signal<XBlockData> XBLOCK_UPDATED = Signal.of(
                    "org.openedx.content_authoring.xblock.updated.v1", "xblock_info", XBlockData.class)
            .withPythonPath("openedx_events.content_authoring.signals.XBLOCK_UPDATED");

    /**
     * A block was published, with all changes below it: a section with changes in several units sends one event, for
     * the section. Sent by Studio.
     *
     * <p>{@code org.openedx.content_authoring.xblock.published.v1}<br>
     * {@code openedx_events.content_authoring.signals.XBLOCK_PUBLISHED}, on the bus since 4.1.0
     */
    public static final Signal<XBlockData> XBLOCK_PUBLISHED = Signal.of(
                    "org.openedx.content_authoring.xblock.published.v1", "xblock_info", XBlockData.class)
            .withPythonPath("openedx_events.content_authoring.signals.XBLOCK_PUBLISHED");

    /**
     * A block was deleted. Sent by Studio.
     *
     * <p>{@code org.openedx.content_authoring.xblock.deleted.v1}<br>
     * {@code openedx_events.content_authoring.signals.XBLOCK_DELETED}, on the bus since 4.1.0
     */
    public static final Signal<XBlockData> XBLOCK_DELETED = Signal.of(
                    "org.openedx.content_authoring.xblock.deleted.v1", "xblock_info", XBlockData.class)
            .withPythonPath("openedx_events.content_authoring.signals.XBLOCK_DELETED");

    /**
     * A block was copied. Sent by Studio.
     *
     * <p>{@code org.openedx.content_authoring.xblock.duplicated.v1}<br>
     * {@code openedx_events.content_authoring.signals.XBLOCK_DUPLICATED}, on the bus since 4.1.0
     */
    public static final Signal<DuplicatedXBlockData> XBLOCK_DUPLICATED = Signal.of(
                    "org.openedx.content_authoring.xblock.duplicated.v1", "xblock_info", DuplicatedXBlockData.class)
            .withPythonPath("openedx_events.content_authoring.signals.XBLOCK_DUPLICATED");

    /**
     * The look of a course's certificates changed. Stays in process. No Open edX service sends it today.
     *
     * <p>{@code org.openedx.content_authoring.course.certificate_config.changed.v1}<br>
     * {@code openedx_events.content_authoring.signals.COURSE_CERTIFICATE_CONFIG_CHANGED}, since 5.0.0, in process only
     */
    public static final Signal<CertificateConfigData> COURSE_CERTIFICATE_CONFIG_CHANGED = Signal.of(
                    "org.openedx.content_authoring.course.certificate_config.changed.v1",
                    "certificate_config",
                    CertificateConfigData.class)
            .withPythonPath("openedx_events.content_authoring.signals.COURSE_CERTIFICATE_CONFIG_CHANGED")
            .inProcessOnly(IMAGES);

    /**
     * A course's certificates are no longer set up. Stays in process. No Open edX service sends it today.
     *
     * <p>{@code org.openedx.content_authoring.course.certificate_config.deleted.v1}<br>
     * {@code openedx_events.content_authoring.signals.COURSE_CERTIFICATE_CONFIG_DELETED}, since 5.0.0, in process only
     */
    public static final Signal<CertificateConfigData> COURSE_CERTIFICATE_CONFIG_DELETED = Signal.of(
                    "org.openedx.content_authoring.course.certificate_config.deleted.v1",
                    "certificate_config",
                    CertificateConfigData.class)
            .withPythonPath("openedx_events.content_authoring.signals.COURSE_CERTIFICATE_CONFIG_DELETED")
            .inProcessOnly(IMAGES);

    /**
     * A course run was created. Sent by Studio.
     *
     * <p>{@code org.openedx.content_authoring.course.created.v1}<br>
     * {@code openedx_events.content_authoring.signals.COURSE_CREATED}, on the bus since 8.3.0
     */
    public static final Signal<CourseData> COURSE_CREATED = Signal.of(
                    "org.openedx.content_authoring.course.created.v1", "course", CourseData.class)
            .withPythonPath("openedx_events.content_authoring.signals.COURSE_CREATED");

    /**
     * A content library was created. Sent by Studio.
     *
     * <p>{@code org.openedx.content_authoring.content_library.created.v1}<br>
     * {@code openedx_events.content_authoring.signals.CONTENT_LIBRARY_CREATED}, on the bus since 8.3.0
     */
    public static final Signal<ContentLibraryData> CONTENT_LIBRARY_CREATED = Signal.of(
                    "org.openedx.content_authoring.content_library.created.v1",
                    "content_library",
                    ContentLibraryData.class)
            .withPythonPath("openedx_events.content_authoring.signals.CONTENT_LIBRARY_CREATED");

    /**
     * A content library itself was edited, its title for example. Changes to what it holds do not send this, but the
     * {@code LIBRARY_…} signals. Sent by Studio.
     *
     * <p>{@code org.openedx.content_authoring.content_library.updated.v1}<br>
     * {@code openedx_events.content_authoring.signals.CONTENT_LIBRARY_UPDATED}, on the bus since 8.3.0
     */
    public static final Signal<ContentLibraryData> CONTENT_LIBRARY_UPDATED = Signal.of(
                    "org.openedx.content_authoring.content_library.updated.v1",
                    "content_library",
                    ContentLibraryData.class)
            .withPythonPath("openedx_events.content_authoring.signals.CONTENT_LIBRARY_UPDATED");

    /**
     * A content library was deleted. Sent by Studio.
     *
     * <p>{@code org.openedx.content_authoring.content_library.deleted.v1}<br>
     * {@code openedx_events.content_authoring.signals.CONTENT_LIBRARY_DELETED}, on the bus since 8.3.0
     */
    public static final Signal<ContentLibraryData> CONTENT_LIBRARY_DELETED = Signal.of(
                    "org.openedx.content_authoring.content_library.deleted.v1",
                    "content_library",
                    ContentLibraryData.class)
            .withPythonPath("openedx_events.content_authoring.signals.CONTENT_LIBRARY_DELETED");

    /**
     * A block was created in a content library. Sent by Studio.
     *
     * <p>{@code org.openedx.content_authoring.library_block.created.v1}<br>
     * {@code openedx_events.content_authoring.signals.LIBRARY_BLOCK_CREATED}, on the bus since 8.3.0
     */
    public static final Signal<LibraryBlockData> LIBRARY_BLOCK_CREATED = Signal.of(
                    "org.openedx.content_authoring.library_block.created.v1", "library_block", LibraryBlockData.class)
            .withPythonPath("openedx_events.content_authoring.signals.LIBRARY_BLOCK_CREATED");

    /**
     * A block in a content library was edited, in the draft. Sent by Studio.
     *
     * <p>{@code org.openedx.content_authoring.library_block.updated.v1}<br>
     * {@code openedx_events.content_authoring.signals.LIBRARY_BLOCK_UPDATED}, on the bus since 8.3.0
     */
    public static final Signal<LibraryBlockData> LIBRARY_BLOCK_UPDATED = Signal.of(
                    "org.openedx.content_authoring.library_block.updated.v1", "library_block", LibraryBlockData.class)
            .withPythonPath("openedx_events.content_authoring.signals.LIBRARY_BLOCK_UPDATED");

    /**
     * A block in a content library was deleted, in the draft. Sent by Studio.
     *
     * <p>{@code org.openedx.content_authoring.library_block.deleted.v1}<br>
     * {@code openedx_events.content_authoring.signals.LIBRARY_BLOCK_DELETED}, on the bus since 8.3.0
     */
    public static final Signal<LibraryBlockData> LIBRARY_BLOCK_DELETED = Signal.of(
                    "org.openedx.content_authoring.library_block.deleted.v1", "library_block", LibraryBlockData.class)
            .withPythonPath("openedx_events.content_authoring.signals.LIBRARY_BLOCK_DELETED");

    /**
     * The draft of a block in a content library was published, be it a change or a deletion. Sent by Studio.
     *
     * <p>{@code org.openedx.content_authoring.library_block.published.v1}<br>
     * {@code openedx_events.content_authoring.signals.LIBRARY_BLOCK_PUBLISHED}, on the bus since 10.2.0
     */
    public static final Signal<LibraryBlockData> LIBRARY_BLOCK_PUBLISHED = Signal.of(
                    "org.openedx.content_authoring.library_block.published.v1", "library_block", LibraryBlockData.class)
            .withPythonPath("openedx_events.content_authoring.signals.LIBRARY_BLOCK_PUBLISHED");

    /**
     * What a piece of content is associated with changed: its tags, its collections and the like. Sent by Studio.
     *
     * <p>{@code org.openedx.content_authoring.content.object.associations.changed.v1}<br>
     * {@code openedx_events.content_authoring.signals.CONTENT_OBJECT_ASSOCIATIONS_CHANGED}, on the bus since 9.14.0
     */
    public static final Signal<ContentObjectChangedData> CONTENT_OBJECT_ASSOCIATIONS_CHANGED = Signal.of(
                    "org.openedx.content_authoring.content.object.associations.changed.v1",
                    "content_object",
                    ContentObjectChangedData.class)
            .withPythonPath("openedx_events.content_authoring.signals.CONTENT_OBJECT_ASSOCIATIONS_CHANGED");

    /**
     * The tags of a piece of content changed. Deprecated in Open edX: receive
     * {@link #CONTENT_OBJECT_ASSOCIATIONS_CHANGED} instead.
     *
     * <p>{@code org.openedx.content_authoring.content.object.tags.changed.v1}<br>
     * {@code openedx_events.content_authoring.signals.CONTENT_OBJECT_TAGS_CHANGED}, on the bus since 9.6.0
     */
    public static final Signal<ContentObjectData> CONTENT_OBJECT_TAGS_CHANGED = Signal.of(
                    "org.openedx.content_authoring.content.object.tags.changed.v1",
                    "content_object",
                    ContentObjectData.class)
            .withPythonPath("openedx_events.content_authoring.signals.CONTENT_OBJECT_TAGS_CHANGED");

    /**
     * A collection was created in a content library. Sent by Studio.
     *
     * <p>{@code org.openedx.content_authoring.content_library.collection.created.v1}<br>
     * {@code openedx_events.content_authoring.signals.LIBRARY_COLLECTION_CREATED}, on the bus since 9.14.0
     */
    public static final Signal<LibraryCollectionData> LIBRARY_COLLECTION_CREATED = Signal.of(
                    "org.openedx.content_authoring.content_library.collection.created.v1",
                    "library_collection",
                    LibraryCollectionData.class)
            .withPythonPath("openedx_events.content_authoring.signals.LIBRARY_COLLECTION_CREATED");

    /**
     * A collection in a content library was edited. Sent by Studio.
     *
     * <p>{@code org.openedx.content_authoring.content_library.collection.updated.v1}<br>
     * {@code openedx_events.content_authoring.signals.LIBRARY_COLLECTION_UPDATED}, on the bus since 9.14.0
     */
    public static final Signal<LibraryCollectionData> LIBRARY_COLLECTION_UPDATED = Signal.of(
                    "org.openedx.content_authoring.content_library.collection.updated.v1",
                    "library_collection",
                    LibraryCollectionData.class)
            .withPythonPath("openedx_events.content_authoring.signals.LIBRARY_COLLECTION_UPDATED");

    /**
     * A collection in a content library was deleted. Sent by Studio.
     *
     * <p>{@code org.openedx.content_authoring.content_library.collection.deleted.v1}<br>
     * {@code openedx_events.content_authoring.signals.LIBRARY_COLLECTION_DELETED}, on the bus since 9.14.0
     */
    public static final Signal<LibraryCollectionData> LIBRARY_COLLECTION_DELETED = Signal.of(
                    "org.openedx.content_authoring.content_library.collection.deleted.v1",
                    "library_collection",
                    LibraryCollectionData.class)
            .withPythonPath("openedx_events.content_authoring.signals.LIBRARY_COLLECTION_DELETED");

    /**
     * A container was created in a content library. Sent by Studio.
     *
     * <p>{@code org.openedx.content_authoring.content_library.container.created.v1}<br>
     * {@code openedx_events.content_authoring.signals.LIBRARY_CONTAINER_CREATED}, on the bus since 9.20.0
     */
    public static final Signal<LibraryContainerData> LIBRARY_CONTAINER_CREATED = Signal.of(
                    "org.openedx.content_authoring.content_library.container.created.v1",
                    "library_container",
                    LibraryContainerData.class)
            .withPythonPath("openedx_events.content_authoring.signals.LIBRARY_CONTAINER_CREATED");

    /**
     * A container in a content library was edited, in the draft. Sent by Studio.
     *
     * <p>{@code org.openedx.content_authoring.content_library.container.updated.v1}<br>
     * {@code openedx_events.content_authoring.signals.LIBRARY_CONTAINER_UPDATED}, on the bus since 9.20.0
     */
    public static final Signal<LibraryContainerData> LIBRARY_CONTAINER_UPDATED = Signal.of(
                    "org.openedx.content_authoring.content_library.container.updated.v1",
                    "library_container",
                    LibraryContainerData.class)
            .withPythonPath("openedx_events.content_authoring.signals.LIBRARY_CONTAINER_UPDATED");

    /**
     * A container in a content library was deleted, in the draft. Sent by Studio.
     *
     * <p>{@code org.openedx.content_authoring.content_library.container.deleted.v1}<br>
     * {@code openedx_events.content_authoring.signals.LIBRARY_CONTAINER_DELETED}, on the bus since 9.20.0
     */
    public static final Signal<LibraryContainerData> LIBRARY_CONTAINER_DELETED = Signal.of(
                    "org.openedx.content_authoring.content_library.container.deleted.v1",
                    "library_container",
                    LibraryContainerData.class)
            .withPythonPath("openedx_events.content_authoring.signals.LIBRARY_CONTAINER_DELETED");

    /**
     * The draft of a container in a content library was published, be it a change or a deletion. Sent by Studio.
     *
     * <p>{@code org.openedx.content_authoring.content_library.container.published.v1}<br>
     * {@code openedx_events.content_authoring.signals.LIBRARY_CONTAINER_PUBLISHED}, on the bus since 10.2.0
     */
    public static final Signal<LibraryContainerData> LIBRARY_CONTAINER_PUBLISHED = Signal.of(
                    "org.openedx.content_authoring.content_library.container.published.v1",
                    "library_container",
                    LibraryContainerData.class)
            .withPythonPath("openedx_events.content_authoring.signals.LIBRARY_CONTAINER_PUBLISHED");

    /**
     * Content was imported into a course run from an archive. Sent by Studio.
     *
     * <p>{@code org.openedx.content_authoring.course.import.completed.v1}<br>
     * {@code openedx_events.content_authoring.signals.COURSE_IMPORT_COMPLETED}, on the bus since 9.18.0
     */
    public static final Signal<CourseData> COURSE_IMPORT_COMPLETED = Signal.of(
                    "org.openedx.content_authoring.course.import.completed.v1", "course", CourseData.class)
            .withPythonPath("openedx_events.content_authoring.signals.COURSE_IMPORT_COMPLETED");

    /**
     * A new run was made from an existing course run; the key is the new run's. Sent by Studio.
     *
     * <p>{@code org.openedx.content_authoring.course.rerun.completed.v1}<br>
     * {@code openedx_events.content_authoring.signals.COURSE_RERUN_COMPLETED}, on the bus since 10.5.0
     */
    public static final Signal<CourseData> COURSE_RERUN_COMPLETED = Signal.of(
                    "org.openedx.content_authoring.course.rerun.completed.v1", "course", CourseData.class)
            .withPythonPath("openedx_events.content_authoring.signals.COURSE_RERUN_COMPLETED");

    private static final List<Signal<?>> ALL = List.of(
            COURSE_CATALOG_INFO_CHANGED,
            XBLOCK_CREATED,
            XBLOCK_UPDATED,
            XBLOCK_PUBLISHED,
            XBLOCK_DELETED,
            XBLOCK_DUPLICATED,
            COURSE_CERTIFICATE_CONFIG_CHANGED,
            COURSE_CERTIFICATE_CONFIG_DELETED,
            COURSE_CREATED,
            CONTENT_LIBRARY_CREATED,
            CONTENT_LIBRARY_UPDATED,
            CONTENT_LIBRARY_DELETED,
            LIBRARY_BLOCK_CREATED,
            LIBRARY_BLOCK_UPDATED,
            LIBRARY_BLOCK_DELETED,
            LIBRARY_BLOCK_PUBLISHED,
            CONTENT_OBJECT_ASSOCIATIONS_CHANGED,
            CONTENT_OBJECT_TAGS_CHANGED,
            LIBRARY_COLLECTION_CREATED,
            LIBRARY_COLLECTION_UPDATED,
            LIBRARY_COLLECTION_DELETED,
            LIBRARY_CONTAINER_CREATED,
            LIBRARY_CONTAINER_UPDATED,
            LIBRARY_CONTAINER_DELETED,
            LIBRARY_CONTAINER_PUBLISHED,
            COURSE_IMPORT_COMPLETED,
            COURSE_RERUN_COMPLETED);

    private AuthoringSignals() {}

    /** Every signal above, in that order. Immutable. */
    public static List<Signal<?>> all() {
        return ALL;
    }
}
