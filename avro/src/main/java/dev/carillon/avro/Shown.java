package dev.carillon.avro;

import dev.carillon.events.internal.PythonJson;

/** A value in a message. */
final class Shown {

    private static final int MAX_LENGTH = 100;

    private Shown() {}

    /** The text in quotes, with its odd characters escaped, and cut when it is long. */
    static String text(String text) {
        return text.length() <= MAX_LENGTH
                ? PythonJson.quote(text)
                : PythonJson.quote(text.substring(0, MAX_LENGTH)) + "… (" + text.length() + " characters)";
    }
}
