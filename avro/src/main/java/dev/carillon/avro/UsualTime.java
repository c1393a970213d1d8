package dev.carillon.avro;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Reads the times that nearly all events have, {@code 2024-01-02T03:04:05+00:00} with or without six fraction digits,
 * straight from their bytes. Takes a third of the time that reading their text takes.
 */
final class UsualTime {

    private static final int WHOLE_SECONDS = 25;
    private static final int MICROSECONDS = 32;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final int NO_NUMBER = Integer.MIN_VALUE;

    private UsualTime() {}

    /** The time, or null when the text must be read by itself, be it right or wrong. */
    static @Nullable OffsetDateTime read(byte[] bytes, int start, int length) {
        boolean usual = (length == WHOLE_SECONDS || (length == MICROSECONDS && bytes[start + 19] == '.'))
                && bytes[start + 4] == '-'
                && bytes[start + 7] == '-'
                && bytes[start + 10] == 'T'
                && bytes[start + 13] == ':'
                && bytes[start + 16] == ':'
                && isUtc(bytes, start + length - 6);
        return usual ? readNumbers(bytes, start, length) : null;
    }

    private static boolean isUtc(byte[] bytes, int at) {
        return bytes[at] == '+'
                && bytes[at + 1] == '0'
                && bytes[at + 2] == '0'
                && bytes[at + 3] == ':'
                && bytes[at + 4] == '0'
                && bytes[at + 5] == '0';
    }

    private static @Nullable OffsetDateTime readNumbers(byte[] bytes, int start, int length) {
        int year = number(bytes, start, 4);
        int micros = length == MICROSECONDS ? number(bytes, start + 20, 6) : 0;
        if (year < 1 || micros < 0) {
            return null;
        }
        try {
            LocalDateTime time = LocalDateTime.of(
                    year,
                    number(bytes, start + 5, 2),
                    number(bytes, start + 8, 2),
                    number(bytes, start + 11, 2),
                    number(bytes, start + 14, 2),
                    number(bytes, start + 17, 2),
                    micros * NANOS_PER_MICRO);
            return OffsetDateTime.of(time, ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int number(byte[] bytes, int start, int digits) {
        int value = 0;
        for (int i = start; i < start + digits; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return NO_NUMBER;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
