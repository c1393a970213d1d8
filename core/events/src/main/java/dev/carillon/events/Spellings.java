package dev.carillon.events;

import dev.carillon.events.internal.PythonJson;
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
 * How foreign code may write a value into its messages: unchanged, or encoded for a URL, JSON, a string in SQL or a
 * programming language, HTML or XML, in capitals, or in another Unicode normal form. Each character is matched on its own,
 * because most code escapes only some characters.
 */
final class Spellings {

    private Spellings() {}

    /**
     * A regular expression for all spellings, to be matched case-insensitively. Its time grows only with the length of the
     * text.
     */
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
        // Unescaped, too: an apparent escape may be part of the value.
        String literal = Pattern.quote(value);
        return any.toString().equals(literal) ? literal : literal + "|" + any;
    }

    /** With its combining marks. */
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

    /** Characters that are never escaped. */
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

    /** The longest first, without backtracking: a name with many quotes must not take forever. */
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

    /** The same character in all normal forms, and its upper or lower case where that has another length. */
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

    /** Every byte as {@code %20}, including bytes that form encoding leaves unescaped or replaces by a sign. */
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
