package dev.carillon.events.keys;

import org.jspecify.annotations.Nullable;

/** The differences between keys that share the form {@code org+course+run+branch@…+version@…+type@…+block@…}. */
enum LocatorGrammar {
    COURSE("org+course+run", 3),
    LIBRARY("org+library", 2),
    /** As courses, with the custom course's number; here the words before an at sign are written in any case. */
    CCX("org+course+run+ccx@number", 3);

    private final String shape;
    private final int names;

    LocatorGrammar(String shape, int names) {
        this.shape = shape;
        this.names = names;
    }

    /** The usual form of such a key, for messages. */
    String shape() {
        return shape;
    }

    /** The number of names that identify a course or library without a version. */
    int names() {
        return names;
    }

    /** The meaning of the name at this position, for messages. */
    String placeOf(int name) {
        return switch (name) {
            case 0 -> "the organization";
            case 1 -> this == LIBRARY ? "the library" : "the course";
            case 2 -> this == LIBRARY ? "a part" : "the run";
            default -> "a part";
        };
    }

    /** The word before an at sign as a tag of this grammar; null if it is none. */
    @Nullable
    LocatorTag tag(String text, int start, int end) {
        for (LocatorTag tag : LocatorTag.ALL) {
            if (tag.word().length() == end - start && stands(tag, text, start)) {
                return tag == LocatorTag.CCX && this != CCX ? null : tag;
            }
        }
        return null;
    }

    private boolean stands(LocatorTag tag, String text, int start) {
        return this == CCX ? CaseFolding.standsAt(text, start, tag.word()) : text.startsWith(tag.word(), start);
    }

    /** The allowed values of a tag. */
    CharSet values(LocatorTag tag) {
        return switch (tag) {
            case BRANCH, TYPE -> CharSet.ID;
            case VERSION -> this == CCX ? CharSet.HEX : CharSet.LOWER_HEX;
            case CCX -> CharSet.DECIMAL;
            case BLOCK -> this == CCX ? CharSet.ID : CharSet.ID_OR_PERCENT;
        };
    }
}
