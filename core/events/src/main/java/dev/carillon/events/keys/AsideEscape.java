package dev.carillon.events.keys;

/** The two ways to join two texts with {@code ::} so that they can be separated again. */
enum AsideEscape {
    /** Escapes only double colons; cannot write a left text that holds {@code ::} or ends in a colon. */
    V1("aside-usage-v1:", "::"),
    /** Escapes every colon. */
    V2("aside-usage-v2:", ":");

    private static final String BORDER = "::";

    private final String prefix;
    private final String escaped;

    AsideEscape(String prefix, String escaped) {
        this.prefix = prefix;
        this.escaped = escaped;
    }

    record Halves(String left, String right) {}

    String prefix() {
        return prefix;
    }

    boolean canHold(String left) {
        return this == V2 || !(left.contains(BORDER) || left.endsWith(":"));
    }

    String join(String left, String right) {
        return prefix + escape(left) + BORDER + escape(right);
    }

    /** Splits into the two texts. In the first version the separator may be missing; the second text is then empty. */
    Halves split(KeyInput in) {
        String joined = in.text().substring(in.after(prefix));
        int border = this == V1 ? joined.indexOf(BORDER) : joined.lastIndexOf(BORDER);
        if (border < 0 && this == V2) {
            throw in.invalid("no '" + BORDER + "' in it separates the block's key from the aside's type");
        }
        if (border < 0) {
            return new Halves(unescape(in, joined), "");
        }
        String right = joined.substring(border + BORDER.length());
        return new Halves(unescape(in, joined.substring(0, border)), unescape(in, right));
    }

    private String escape(String text) {
        return text.replace("$", "$$").replace(escaped, "$" + escaped);
    }

    private String unescape(KeyInput in, String text) {
        String plain = text.replace("$" + escaped, escaped).replace("$$", "$");
        if (!escape(plain).equals(text)) {
            throw in.invalid("'$' and '" + escaped + "' must be escaped by a '$' in it");
        }
        return plain;
    }
}
