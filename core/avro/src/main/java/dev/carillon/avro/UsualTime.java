package dev.carillon.avro;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Parses the time format of nearly all events, {@code 2024-01-02T03:04:05+00:00} with or without six fraction digits,
 * directly from the bytes. Takes a third of the time of parsing the text.
 */
final class UsualTime {

    private static final int WHOLE_SECONDS = 25;
    private static final int MICROSECONDS = 32;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final int NO_NUMBER = -1;

    private UsualTime() {}

    /** The time, or null when the general parser must read the text, valid or not. */
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
        int century = twoDigits(bytes, start);
        int yearOfCentury = twoDigits(bytes, start + 2);
        int month = twoDigits(bytes, start + 5);
        int day = twoDigits(bytes, start + 8);
        int hour = twoDigits(bytes, start + 11);
        int minute = twoDigits(bytes, start + 14);
        int second = twoDigits(bytes, start + 17);
        int micros = length == MICROSECONDS ? sixDigits(bytes, start + 20) : 0;
        int year = century * 100 + yearOfCentury;
        // A single character that is not a digit makes the results negative.
        if ((century | yearOfCentury | month | day | hour | minute | second | micros) < 0 || year == 0) {
            return null;
        }
        try {
            return OffsetDateTime.of(year, month, day, hour, minute, second, micros * NANOS_PER_MICRO, ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int sixDigits(byte[] bytes, int at) {
        int high = twoDigits(bytes, at);
        int middle = twoDigits(bytes, at + 2);
        int low = twoDigits(bytes, at + 4);
        return (high | middle | low) < 0 ? NO_NUMBER : high * 10_000 + middle * 100 + low;
    }

    private static int twoDigits(byte[] bytes, int at) {
        int tens = bytes[at] - '0';
        int ones = bytes[at + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? NO_NUMBER : tens * 10 + ones;
    }
}
