package dev.carillon.events.keys;

import org.jspecify.annotations.Nullable;

/**
 * Reads {@code org+course+run+branch@…+version@…+ccx@…+type@…+block@…} in one pass over the text. Names hold neither plus
 * nor at sign, so that each stretch between two plus signs is either a name or a tag with its value, and nothing is ever
 * read twice.
 */
final class LocatorScanner {

    private final KeyInput in;
    private final String prefix;
    private final LocatorGrammar grammar;
    private final String text;
    private int at;

    private int names;
    private @Nullable String org;
    private @Nullable String course;
    private @Nullable String run;

    private @Nullable LocatorTag lastTag;
    private @Nullable String branch;
    private @Nullable String versionGuid;
    private @Nullable String ccx;
    private @Nullable String blockType;
    private @Nullable String blockId;

    private LocatorScanner(KeyInput in, String prefix, LocatorGrammar grammar) {
        this.in = in;
        this.prefix = prefix;
        this.grammar = grammar;
        this.text = in.text();
        this.at = in.after(prefix);
    }

    /**
     * Reads a whole key, which names at least a version or as many names as the grammar asks for.
     *
     * @throws InvalidKeyException if the text does not follow the grammar
     */
    static LocatorUrl scan(KeyInput in, String prefix, LocatorGrammar grammar) {
        return new LocatorScanner(in, prefix, grammar).scan();
    }

    private LocatorUrl scan() {
        boolean more = at < text.length();
        while (more) {
            int end = CharSet.ID.end(text, at);
            int stop = end < text.length() && text.charAt(end) == '@' ? tag(end) : name(end);
            more = stop < text.length();
            at = stop + 1;
        }
        boolean identified = names >= grammar.names() || (versionGuid != null && names != 1);
        if (!identified) {
            throw in.invalid(expected() + ", but found " + (names == 1 ? "1 part" : names + " parts"));
        }
        if (grammar == LocatorGrammar.CCX && ccx == null) {
            throw in.invalid(expected() + ", but found no 'ccx@'");
        }
        return new LocatorUrl(new CourseParts(org, course, run, branch, versionGuid), ccx, blockType, blockId);
    }

    /** Reads the name that ends at a position, and returns the position. */
    private int name(int end) {
        String name = stretch(lastTag == null ? grammar.placeOf(names) : "a part", at, end, CharSet.ID);
        if (lastTag != null) {
            throw in.invalid("the part " + Quoted.of(name) + " cannot follow " + lastTag.word() + "@");
        }
        switch (names++) {
            case 0 -> org = name;
            case 1 -> course = name;
            case 2 -> run = name;
            default -> throw in.invalid(expected() + ", but found one more part, " + Quoted.of(name));
        }
        return end;
    }

    /** Takes the value after the tag that ends at a position, and returns the position where the value ends. */
    private int tag(int end) {
        LocatorTag tag = grammar.tag(text, at, end);
        if (tag == null) {
            throw in.invalid("there is no part " + Quoted.of(text.substring(at, end + 1)) + " in such a key");
        }
        if (lastTag != null && tag.compareTo(lastTag) <= 0) {
            throw in.invalid(tag.word() + "@ cannot follow " + lastTag.word() + "@");
        }
        lastTag = tag;
        int start = end + 1;
        CharSet allowed = grammar.values(tag);
        int stop = allowed.end(text, start);
        String value = stretch(tag.value(), start, stop, allowed);
        switch (tag) {
            case BRANCH -> branch = value;
            case VERSION -> versionGuid = ObjectIds.canonical(in, value);
            case CCX -> ccx = value;
            case TYPE -> blockType = value;
            case BLOCK -> blockId = value;
        }
        return stop;
    }

    /** What stands between two positions, which must be something, and followed by the end or by another part. */
    private String stretch(String part, int start, int end, CharSet allowed) {
        boolean last = end == text.length();
        if (!last && text.charAt(end) != '+') {
            throw in.unexpected(part, text, end, allowed);
        }
        if (start == end) {
            throw in.invalid(part + " is empty");
        }
        if (end == text.length() - 1) {
            throw in.invalid("nothing follows the last '+'");
        }
        return text.substring(start, end);
    }

    private String expected() {
        return "expected " + grammar.shape() + " after '" + prefix + "'";
    }
}
