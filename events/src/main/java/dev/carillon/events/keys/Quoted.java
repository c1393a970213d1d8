package dev.carillon.events.keys;

/** Shows untrusted text in a message: quoted, of bounded length, without control characters. */
final class Quoted {

    private static final int LONGEST = 200;

    private Quoted() {}

    static String of(String text) {
        StringBuilder shown = new StringBuilder(Math.min(text.length(), LONGEST) + 16).append('\'');
        int at = 0;
        while (at < text.length() && at < LONGEST) {
            int character = text.codePointAt(at);
            append(shown, character);
            at += Character.charCount(character);
        }
        shown.append('\'');
        if (at < text.length()) {
            shown.append("… (").append(text.length()).append(" characters)");
        }
        return shown.toString();
    }

    private static void append(StringBuilder shown, int character) {
        switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> shown.append(String.format("\\u%04x", character));
            default -> shown.appendCodePoint(character);
        }
    }
}
