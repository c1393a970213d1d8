package dev.carillon.events.keys;

import java.util.List;
import java.util.Locale;

/** The words that stand before an at sign, in the order in which they can follow each other. */
enum LocatorTag {
    BRANCH,
    VERSION,
    CCX,
    TYPE,
    BLOCK;

    static final List<LocatorTag> ALL = List.of(values());

    private final String word = name().toLowerCase(Locale.ROOT);
    private final String value = "the part after " + word + "@";

    String word() {
        return word;
    }

    /** What follows this tag, for messages. */
    String value() {
        return value;
    }
}
