package dev.carillon.catalog.authoring;

import dev.carillon.catalog.internal.SignalGroup;
import dev.carillon.events.Signal;
import java.util.List;

/**
 * What happens to courses and libraries while they are made. Each signal is followed by its event type and the release of
 * {@code openedx-events} that first put it on the bus. In Python, the signals are in {@code openedx_events.content_authoring.signals}.
 */
public final class AuthoringSignals {

    private static final SignalGroup GROUP = new SignalGroup("openedx_events.content_authoring.signals");

    private static final String IMAGES = "it carries open image streams, which no message can hold";

    /**
     * A course run changed in a way that catalogs care about: title, dates, visibility. Sent by Studio.<br>
     * {@code org.openedx.content_authoring.course.catalog_info.changed.v1}, on the bus since 0.11.0
     */
    public static final Signal<CourseCatalogData> COURSE_CATALOG_INFO_CHANGED = GROUP.signal(
            "COURSE_CATALOG_INFO_CHANGED",
            "org.openedx.content_authoring.course.catalog_info.changed.v1",
            "catalog_info",
            CourseCatalogData.class);

    /**
     * A block was created. Sent by Studio.<br>
     * {@code org.openedx.content_authoring.xblock.created.v1}, on the bus since 8.3.0
     */
    public static final Signal<XBlockData> XBLOCK_CREATED = GROUP.signal(
            "XBLOCK_CREATED", "org.openedx.content_authoring.xblock.created.v1", "xblock_info", XBlockData.class);

    /**
     * A block was edited, in the draft. Sent by Studio.<br>
     * {@code org.openedx.content_authoring.xblock.updated.v1}, on the bus since 8.3.0
     */
    public static final Signal<XBlockData> XBLOCK_UPDATED = GROUP.signal(
            "XBLOCK_UPDATED", "org.openedx.content_authoring.xblock.updated.v1", "xblock_info", XBlockData.class);

    /**
     * A block was published, with all changes below it: a section with changes in several units sends one event, for
     * the section. Sent by Studio.<br>
     * {@code org.openedx.content_authoring.xblock.published.v1}, on the bus since 4.1.0
     */
    public static final Signal<XBlockData> XBLOCK_PUBLISHED = GROUP.signal(
            "XBLOCK_PUBLISHED", "org.openedx.content_authoring.xblock.published.v1", "xblock_info", XBlockData.class);

    /**
     * A block was deleted. Sent by Studio.<br>
     * {@code org.openedx.content_authoring.xblock.deleted.v1}, on the bus since 4.1.0
     */
    public static final Signal<XBlockData> XBLOCK_DELETED = GROUP.signal(
            "XBLOCK_DELETED", "org.openedx.content_authoring.xblock.deleted.v1", "xblock_info", XBlockData.class);

    /**
     * A block was copied. Sent by Studio.<br>
     * {@code org.openedx.content_authoring.xblock.duplicated.v1}, on the bus since 4.1.0
     */
    public static final Signal<DuplicatedXBlockData> XBLOCK_DUPLICATED = GROUP.signal(
            "XBLOCK_DUPLICATED",
            "org.openedx.content_authoring.xblock.duplicated.v1",
            "xblock_info",
            DuplicatedXBlockData.class);

    /**
     * The design of a course's certificates changed. Stays in process. No Open edX service sends it today.<br>
     * {@code org.openedx.content_authoring.course.certificate_config.changed.v1}, since 5.0.0, in process only
     */
    public static final Signal<CertificateConfigData> COURSE_CERTIFICATE_CONFIG_CHANGED = GROUP.inProcessSignal(
            "COURSE_CERTIFICATE_CONFIG_CHANGED",
            "org.openedx.content_authoring.course.certificate_config.changed.v1",
            "certificate_config",
            CertificateConfigData.class,
            IMAGES);

    /**
     * A course's certificates are no longer set up. Stays in process. No Open edX service sends it today.<br>
     * {@code org.openedx.content_authoring.course.certificate_config.deleted.v1}, since 5.0.0, in process only
     */
    public static final Signal<CertificateConfigData> COURSE_CERTIFICATE_CONFIG_DELETED = GROUP.inProcessSignal(
            "COURSE_CERTIFICATE_CONFIG_DELETED",
            "org.openedx.content_authoring.course.certificate_config.deleted.v1",
            "certificate_config",
            CertificateConfigData.class,
            IMAGES);

    /**
     * A course run was created. Sent by Studio.<br>
     * {@code org.openedx.content_authoring.course.created.v1}, on the bus since 8.3.0
     */
    public static final Signal<CourseData> COURSE_CREATED = GROUP.signal(
            "COURSE_CREATED", "org.openedx.content_authoring.course.created.v1", "course", CourseData.class);

    /**
     * A content library was created. Sent by Studio.<br>
     * {@code org.openedx.content_authoring.content_library.created.v1}, on the bus since 8.3.0
     */
    public static final Signal<ContentLibraryData> CONTENT_LIBRARY_CREATED = GROUP.signal(
            "CONTENT_LIBRARY_CREATED",
            "org.openedx.content_authoring.content_library.created.v1",
            "content_library",
            ContentLibraryData.class);

    /**
     * A content library itself was edited, its title for example. Changes to what it holds do not send this, but the
     * {@code LIBRARY_…} signals. Sent by Studio.<br>
     * {@code org.openedx.content_authoring.content_library.updated.v1}, on the bus since 8.3.0
     */
    public static final Signal<ContentLibraryData> CONTENT_LIBRARY_UPDATED = GROUP.signal(
            "CONTENT_LIBRARY_UPDATED",
            "org.openedx.content_authoring.content_library.updated.v1",
            "content_library",
            ContentLibraryData.class);

    /**
     * A content library was deleted. Sent by Studio.<br>
     * {@code org.openedx.content_authoring.content_library.deleted.v1}, on the bus since 8.3.0
     */
    public static final Signal<ContentLibraryData> CONTENT_LIBRARY_DELETED = GROUP.signal(
            "CONTENT_LIBRARY_DELETED",
            "org.openedx.content_authoring.content_library.deleted.v1",
            "content_library",
            ContentLibraryData.class);

    /**
     * A block was created in a content library. Sent by Studio.<br>
     * {@code org.openedx.content_authoring.library_block.created.v1}, on the bus since 8.3.0
     */
    public static final Signal<LibraryBlockData> LIBRARY_BLOCK_CREATED = GROUP.signal(
            "LIBRARY_BLOCK_CREATED",
            "org.openedx.content_authoring.library_block.created.v1",
            "library_block",
            LibraryBlockData.class);

    /**
     * A block in a content library was edited, in the draft. Sent by Studio.<br>
     * {@code org.openedx.content_authoring.library_block.updated.v1}, on the bus since 8.3.0
     */
    public static final Signal<LibraryBlockData> LIBRARY_BLOCK_UPDATED = GROUP.signal(
            "LIBRARY_BLOCK_UPDATED",
            "org.openedx.content_authoring.library_block.updated.v1",
            "library_block",
            LibraryBlockData.class);

    /**
     * A block in a content library was deleted, in the draft. Sent by Studio.<br>
     * {@code org.openedx.content_authoring.library_block.deleted.v1}, on the bus since 8.3.0
     */
    public static final Signal<LibraryBlockData> LIBRARY_BLOCK_DELETED = GROUP.signal(
            "LIBRARY_BLOCK_DELETED",
            "org.openedx.content_authoring.library_block.deleted.v1",
            "library_block",
            LibraryBlockData.class);

    /**
     * The draft of a block in a content library was published, be it a change or a deletion. Sent by Studio.<br>
     * {@code org.openedx.content_authoring.library_block.published.v1}, on the bus since 10.2.0
     */
    public static final Signal<LibraryBlockData> LIBRARY_BLOCK_PUBLISHED = GROUP.signal(
            "LIBRARY_BLOCK_PUBLISHED",
            "org.openedx.content_authoring.library_block.published.v1",
            "library_block",
            LibraryBlockData.class);

    /**
     * What a piece of content is associated with changed: its tags, its collections and the like. Sent by Studio.<br>
     * {@code org.openedx.content_authoring.content.object.associations.changed.v1}, on the bus since 9.14.0
     */
    public static final Signal<ContentObjectChangedData> CONTENT_OBJECT_ASSOCIATIONS_CHANGED = GROUP.signal(
            "CONTENT_OBJECT_ASSOCIATIONS_CHANGED",
            "org.openedx.content_authoring.content.object.associations.changed.v1",
            "content_object",
            ContentObjectChangedData.class);

    /**
     * The tags of a piece of content changed. Deprecated in Open edX: receive
     * {@link #CONTENT_OBJECT_ASSOCIATIONS_CHANGED} instead.<br>
     * {@code org.openedx.content_authoring.content.object.tags.changed.v1}, on the bus since 9.6.0
     */
    public static final Signal<ContentObjectData> CONTENT_OBJECT_TAGS_CHANGED = GROUP.signal(
            "CONTENT_OBJECT_TAGS_CHANGED",
            "org.openedx.content_authoring.content.object.tags.changed.v1",
            "content_object",
            ContentObjectData.class);

    /**
     * A collection was created in a content library. Sent by Studio.<br>
     * {@code org.openedx.content_authoring.content_library.collection.created.v1}, on the bus since 9.14.0
     */
    public static final Signal<LibraryCollectionData> LIBRARY_COLLECTION_CREATED = GROUP.signal(
            "LIBRARY_COLLECTION_CREATED",
            "org.openedx.content_authoring.content_library.collection.created.v1",
            "library_collection",
            LibraryCollectionData.class);

    /**
     * A collection in a content library was edited. Sent by Studio.<br>
     * {@code org.openedx.content_authoring.content_library.collection.updated.v1}, on the bus since 9.14.0
     */
    public static final Signal<LibraryCollectionData> LIBRARY_COLLECTION_UPDATED = GROUP.signal(
            "LIBRARY_COLLECTION_UPDATED",
            "org.openedx.content_authoring.content_library.collection.updated.v1",
            "library_collection",
            LibraryCollectionData.class);

    /**
     * A collection in a content library was deleted. Sent by Studio.<br>
     * {@code org.openedx.content_authoring.content_library.collection.deleted.v1}, on the bus since 9.14.0
     */
    public static final Signal<LibraryCollectionData> LIBRARY_COLLECTION_DELETED = GROUP.signal(
            "LIBRARY_COLLECTION_DELETED",
            "org.openedx.content_authoring.content_library.collection.deleted.v1",
            "library_collection",
            LibraryCollectionData.class);

    /**
     * A container was created in a content library. Sent by Studio.<br>
     * {@code org.openedx.content_authoring.content_library.container.created.v1}, on the bus since 9.20.0
     */
    public static final Signal<LibraryContainerData> LIBRARY_CONTAINER_CREATED = GROUP.signal(
            "LIBRARY_CONTAINER_CREATED",
            "org.openedx.content_authoring.content_library.container.created.v1",
            "library_container",
            LibraryContainerData.class);

    /**
     * A container in a content library was edited, in the draft. Sent by Studio.<br>
     * {@code org.openedx.content_authoring.content_library.container.updated.v1}, on the bus since 9.20.0
     */
    public static final Signal<LibraryContainerData> LIBRARY_CONTAINER_UPDATED = GROUP.signal(
            "LIBRARY_CONTAINER_UPDATED",
            "org.openedx.content_authoring.content_library.container.updated.v1",
            "library_container",
            LibraryContainerData.class);

    /**
     * A container in a content library was deleted, in the draft. Sent by Studio.<br>
     * {@code org.openedx.content_authoring.content_library.container.deleted.v1}, on the bus since 9.20.0
     */
    public static final Signal<LibraryContainerData> LIBRARY_CONTAINER_DELETED = GROUP.signal(
            "LIBRARY_CONTAINER_DELETED",
            "org.openedx.content_authoring.content_library.container.deleted.v1",
            "library_container",
            LibraryContainerData.class);

    /**
     * The draft of a container in a content library was published, be it a change or a deletion. Sent by Studio.<br>
     * {@code org.openedx.content_authoring.content_library.container.published.v1}, on the bus since 10.2.0
     */
    public static final Signal<LibraryContainerData> LIBRARY_CONTAINER_PUBLISHED = GROUP.signal(
            "LIBRARY_CONTAINER_PUBLISHED",
            "org.openedx.content_authoring.content_library.container.published.v1",
            "library_container",
            LibraryContainerData.class);

    /**
     * Content was imported into a course run from an archive. Sent by Studio.<br>
     * {@code org.openedx.content_authoring.course.import.completed.v1}, on the bus since 9.18.0
     */
    public static final Signal<CourseData> COURSE_IMPORT_COMPLETED = GROUP.signal(
            "COURSE_IMPORT_COMPLETED",
            "org.openedx.content_authoring.course.import.completed.v1",
            "course",
            CourseData.class);

    /**
     * A new run was made from an existing course run; the key is the new run's. Sent by Studio.<br>
     * {@code org.openedx.content_authoring.course.rerun.completed.v1}, on the bus since 10.5.0
     */
    public static final Signal<CourseData> COURSE_RERUN_COMPLETED = GROUP.signal(
            "COURSE_RERUN_COMPLETED",
            "org.openedx.content_authoring.course.rerun.completed.v1",
            "course",
            CourseData.class);

    private AuthoringSignals() {}

    /** Every signal above, in that order. Immutable. */
    public static List<Signal<?>> all() {
        return GROUP.all();
    }
}
