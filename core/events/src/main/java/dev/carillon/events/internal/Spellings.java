package dev.carillon.events.internal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How other people's code writes a value into its messages: as it is, or in a URL, in JSON, in a string of SQL or of a programming
 * language, in HTML or XML, in capitals, or in another normal form of Unicode. Each character by itself, since most code
 * escapes some characters and leaves others.
 */
final class Spellings {

    private Spellings() {}

    /** A regular expression for all of them, to be matched in any case; its time grows with the length of the text alone. */
    static String of(String value) {
        String composed = Normalizer.normalize(value, Form.NFC);
        StringBuilder any = new StringBuilder();
        StringBuilder plain = new StringBuilder();
        int at = 0;
        while (at < composed.length()) {
            int end = endOfCharacter(composed, at);
            String character = composed.substring(at, end);
            if (isPlain(character)) {
                plain.append(character);
            } else {
                quote(plain, any);
                any.append(anyOf(character));
            }
            at = end;
        }
        quote(plain, any);
        // As it is, too: what looks like an escape may be the value itself.
        String literal = Pattern.quote(value);
        return any.toString().equals(literal) ? literal : literal + "|" + any;
    }

    /** With the marks that are combined with it. */
    private static int endOfCharacter(String text, int start) {
        int end = start + Character.charCount(text.codePointAt(start));
        while (end < text.length() && isMark(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end;
    }

    private static boolean isMark(int character) {
        int type = Character.getType(character);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    /** Written as itself wherever it stands. */
    private static boolean isPlain(String character) {
        char first = character.charAt(0);
        return character.length() == 1
                && ((first >= '0' && first <= '9') || (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z'));
    }

    private static void quote(StringBuilder plain, StringBuilder any) {
        if (!plain.isEmpty()) {
            any.append(Pattern.quote(plain.toString()));
            plain.setLength(0);
        }
    }

    /** The longest first, and without a way back: a name of many quotes must not take for ever. */
    private static String anyOf(String character) {
        Set<String> all = new LinkedHashSet<>();
        for (String same : forms(character)) {
            all.add(same);
            all.add(URLEncoder.encode(same, StandardCharsets.UTF_8));
            all.add(percents(same));
            String json = PythonJson.quote(same);
            all.add(json.substring(1, json.length() - 1));
            all.add(references(same, "&#", 10));
            all.add(references(same, "&#x", 16));
        }
        switch (character) {
            case "'" -> all.addAll(Set.of("''", "\\'", "&apos;", "&#039;"));
            case "\"" -> all.addAll(Set.of("\"\"", "&quot;", "&#034;"));
            case "&" -> all.add("&amp;");
            case "<" -> all.add("&lt;");
            case ">" -> all.add("&gt;");
            default -> {}
        }
        return all.stream()
                .sorted((one, other) -> other.length() - one.length())
                .map(Pattern::quote)
                .collect(Collectors.joining("|", "(?>", ")"));
    }

    /** The same character in all normal forms, and what it is in capitals or small letters where that has another length. */
    private static Set<String> forms(String character) {
        Set<String> forms = new LinkedHashSet<>();
        for (String written :
                new String[] {character, character.toUpperCase(Locale.ROOT), character.toLowerCase(Locale.ROOT)}) {
            for (Form form : Form.values()) {
                forms.add(Normalizer.normalize(written, form));
            }
        }
        return forms;
    }

    /** Every byte as {@code %20}, also those that the encoding of forms leaves or has a sign for. */
    private static String percents(String text) {
        StringBuilder percents = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            percents.append('%').append(Integer.toHexString(0x100 | (each & 0xff)), 1, 3);
        }
        return percents.toString();
    }

    private static String references(String text, String start, int radix) {
        return text.codePoints()
                .mapToObj(each -> start + Integer.toString(each, radix) + ";")
                .collect(Collectors.joining());
    }
}
