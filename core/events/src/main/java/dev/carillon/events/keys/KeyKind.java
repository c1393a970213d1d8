package dev.carillon.events.keys;

import dev.carillon.events.internal.NearestNames;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The kinds of keys in event data. A kind determines how a text is parsed and the type of the result. */
public enum KeyKind {
    /** A course, a custom course or a legacy library. */
    COURSE("course", CourseKey.class),
    /** A block in a course or library. */
    USAGE("usage", UsageKey.class),
    /** A custom course and nothing else. */
    CCX("ccx", CcxLocator.class),
    /** A content library. */
    LIBRARY("library", LibraryLocatorV2.class),
    /** A block in a content library. */
    LIBRARY_USAGE("library_usage", LibraryUsageLocatorV2.class),
    /** A collection in a content library. */
    LIBRARY_COLLECTION("library_collection", LibraryCollectionLocator.class),
    /** A container (unit, subsection, section) in a content library. */
    LIBRARY_CONTAINER("library_container", LibraryContainerLocator.class);

    private final String label;
    private final Class<? extends OpaqueKey> type;

    KeyKind(String label, Class<? extends OpaqueKey> type) {
        this.label = label;
        this.type = type;
    }

    /** The name of this kind in data and on the command line, such as {@code library_usage}. */
    public String label() {
        return label;
    }

    /** The type that {@link #parse} returns, and that a record component of this kind has. */
    public Class<? extends OpaqueKey> type() {
        return type;
    }

    /**
     * Reads a key of this kind; the result is an instance of {@link #type}.
     *
     * @throws InvalidKeyException if the text is no such key
     */
    public OpaqueKey parse(String text) {
        return switch (this) {
            case COURSE -> CourseKey.parse(text);
            case USAGE -> UsageKey.parse(text);
            case CCX -> CcxLocator.parse(text);
            case LIBRARY -> LibraryLocatorV2.parse(text);
            case LIBRARY_USAGE -> LibraryUsageLocatorV2.parse(text);
            case LIBRARY_COLLECTION -> LibraryCollectionLocator.parse(text);
            case LIBRARY_CONTAINER -> LibraryContainerLocator.parse(text);
        };
    }

    /**
     * Returns the kind with this label.
     *
     * @throws IllegalArgumentException if there is none; the message lists the valid labels and the nearest one
     */
    public static KeyKind named(String label) {
        for (KeyKind kind : values()) {
            if (kind.label.equals(label)) {
                return kind;
            }
        }
        List<String> known = Arrays.stream(values()).map(KeyKind::label).toList();
        String question = NearestNames.question(label, known);
        throw new IllegalArgumentException(Quoted.of(label) + " is not a kind of key"
                + (question.isEmpty() ? "." : question) + " Known are: " + String.join(", ", known));
    }

    /** The kind whose {@link #type} is exactly this class, if there is one. */
    public static Optional<KeyKind> of(Class<?> type) {
        return Arrays.stream(values()).filter(kind -> kind.type.equals(type)).findFirst();
    }
}
