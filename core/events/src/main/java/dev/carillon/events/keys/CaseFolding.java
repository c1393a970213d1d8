package dev.carillon.events.keys;

/** Comparing ASCII words as Python's regular expressions do when they ignore case. */
final class CaseFolding {

    private CaseFolding() {}

    /** Whether a lower-case ASCII word stands at a position of a text, in any case. */
    static boolean standsAt(String text, int start, String word) {
        if (start + word.length() > text.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (lower(text.charAt(start + i)) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** ASCII letters in lower case, and the few others that Unicode takes for the same letter. */
    private static char lower(char character) {
        return switch (character) {
            case 'İ', 'ı' -> 'i'; // capital with dot, small without
            case 'ſ' -> 's'; // the long s
            case '\u212a' -> 'k'; // the Kelvin sign, which looks like a K
            default -> character >= 'A' && character <= 'Z' ? (char) (character + ('a' - 'A')) : character;
        };
    }
}
