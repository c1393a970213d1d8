package dev.carillon.avro;

import dev.carillon.events.internal.PythonJson;
import java.util.regex.Pattern;

/** A value or a name in a message. */
final class Shown {

    private static final int MAX_LENGTH = 100;

    private static final Pattern PLAIN_NAME = Pattern.compile("\\w{1," + MAX_LENGTH + "}");

    private Shown() {}

    /** The name as it is, or as a {@link #text} where it is an odd one. */
    static String name(String name) {
        return PLAIN_NAME.matcher(name).matches() ? name : text(name);
    }

    /** The text in quotes, with its odd characters escaped, and cut when it is long. */
    static String text(String text) {
        return text.length() <= MAX_LENGTH
                ? PythonJson.quote(text)
                : PythonJson.quote(text.substring(0, MAX_LENGTH)) + "… (" + text.length() + " characters)";
    }
}
