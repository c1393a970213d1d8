package dev.carillon.events.internal;

import java.util.UUID;

/** Parses UUIDs from other systems. */
public final class Uuids {

    private static final int LENGTH = 36;
    private static final int DIGITS = 32;

    private Uuids() {}

    /**
     * Accepts the input of Python's {@code uuid.UUID()}: 32 hexadecimal digits in either case, with hyphens anywhere, in
     * braces, with {@code urn:} and {@code uuid:}. The JDK alone would also accept {@code 1-1-1-1-1}.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    public static UUID parse(String text) {
        return UUID.fromString(isCanonical(text) ? text : canonical(text));
    }

    private static boolean isCanonical(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            if (isDash(i) ? text.charAt(i) != '-' : !isHexDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static String canonical(String text) {
        String digits =
                withoutBraces(text.replace("urn:", "").replace("uuid:", "")).replace("-", "");
        if (digits.length() != DIGITS || !digits.chars().allMatch(digit -> isHexDigit((char) digit))) {
            throw new IllegalArgumentException("it does not have 32 hexadecimal digits");
        }
        return digits.substring(0, 8)
                + '-'
                + digits.substring(8, 12)
                + '-'
                + digits.substring(12, 16)
                + '-'
                + digits.substring(16, 20)
                + '-'
                + digits.substring(20);
    }

    private static String withoutBraces(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBrace(text.charAt(start))) {
            start++;
        }
        while (end > start && isBrace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isBrace(char c) {
        return c == '{' || c == '}';
    }

    private static boolean isDash(int index) {
        return index == 8 || index == 13 || index == 18 || index == 23;
    }

    private static boolean isHexDigit(char digit) {
        return (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f') || (digit >= 'A' && digit <= 'F');
    }
}
