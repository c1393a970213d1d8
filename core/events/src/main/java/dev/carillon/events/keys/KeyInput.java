package dev.carillon.events.keys;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A text that is being parsed or built as a key of some kind. */
record KeyInput(String text, KeyKind kind) {

    KeyInput {
        Objects.requireNonNull(text, "a key cannot be null");
    }

    boolean startsWith(String prefix) {
        return text.startsWith(prefix);
    }

    /** The position after the prefix that a key of this kind starts with. */
    int after(String prefix) {
        if (!text.startsWith(prefix)) {
            throw invalid("it does not start with '" + prefix + "'");
        }
        return prefix.length();
    }

    /** Splits the text after the prefix at a separator, into exactly as many fields as there are names. */
    List<String> split(String prefix, char separator, List<String> names) {
        List<String> fields = new ArrayList<>(names.size());
        int start = after(prefix);
        for (int end = text.indexOf(separator, start); end >= 0; end = text.indexOf(separator, start)) {
            fields.add(text.substring(start, end));
            start = end + 1;
            if (fields.size() == names.size()) {
                throw invalid(expected(prefix, separator, names) + ", but found more");
            }
        }
        fields.add(text.substring(start));
        if (fields.size() < names.size()) {
            throw invalid(expected(prefix, separator, names) + ", but found "
                    + (fields.size() == 1 ? "1 part" : fields.size() + " parts"));
        }
        return fields;
    }

    private static String expected(String prefix, char separator, List<String> names) {
        return "expected " + String.join(String.valueOf(separator), names) + " after '" + prefix + "'";
    }

    InvalidKeyException invalid(String reason) {
        return new InvalidKeyException(text, kind, reason);
    }

    /** Reports that the character at a position is not allowed in a part of this key. */
    InvalidKeyException unexpected(String part, String in, int at, CharSet allowed) {
        return invalid(part + " contains " + Quoted.of(Character.toString(in.codePointAt(at)))
                + ", but may contain only " + allowed.description());
    }

    /** Returns the value if it is not empty and consists of allowed characters. */
    String require(String part, String value, CharSet allowed) {
        if (value.isEmpty()) {
            throw invalid(part + " is empty");
        }
        int end = allowed.end(value, 0);
        if (end < value.length()) {
            throw unexpected(part, value, end, allowed);
        }
        return value;
    }

    @Nullable
    String requireIfThere(String part, @Nullable String value, CharSet allowed) {
        return value == null ? null : require(part, value, allowed);
    }

    /**
     * Returns the value if it is not empty and consists of allowed characters. One newline at the very end may follow, as
     * in Python, where the {@code $} of a regular expression also matches before it.
     */
    String requireLine(String part, String value, CharSet allowed) {
        int end = allowed.end(value, 0);
        boolean onlyNewlineLeft = end > 0 && end == value.length() - 1 && value.charAt(end) == '\n';
        return onlyNewlineLeft ? value : require(part, value, allowed);
    }
}
