package dev.carillon.events.internal;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Date and time as Python's {@code isoformat()} writes them: {@code 2024-01-02T03:04:05+00:00}, with six fraction digits
 * when the microsecond is not zero.
 *
 * <p>Written by hand because every event uses it: the formatter of {@code java.time} takes about ten times as long.
 */
public final class IsoTime {

    /** The longest text: {@code 9999-12-31T23:59:59.999999+18:00:00}. */
    public static final int MAX_LENGTH = 35;

    private static final int NANOS_PER_MICRO = 1_000;

    private IsoTime() {}

    /**
     * Formats a time; digits below the microsecond are truncated.
     *
     * @throws DateTimeException when the year is not within 1 to 9999, which is what Python can read
     */
    public static String format(OffsetDateTime time) {
        byte[] buffer = new byte[MAX_LENGTH];
        int end = write(time, buffer, 0);
        return new String(buffer, 0, end, StandardCharsets.ISO_8859_1);
    }

    /**
     * Writes the text of a time into a buffer with capacity for {@link #MAX_LENGTH} bytes. Returns the index after the last
     * byte.
     *
     * @throws DateTimeException when the year is not within 1 to 9999
     */
    public static int write(OffsetDateTime time, byte[] buffer, int start) {
        int year = time.getYear();
        if (year < 1 || year > 9999) {
            throw new DateTimeException("A time must be within the years 1 to 9999, but its year is " + year);
        }
        int at = twoDigits(buffer, start, year / 100);
        at = twoDigits(buffer, at, year % 100);
        buffer[at++] = '-';
        at = twoDigits(buffer, at, time.getMonthValue());
        buffer[at++] = '-';
        at = twoDigits(buffer, at, time.getDayOfMonth());
        buffer[at++] = 'T';
        at = clock(buffer, at, time.getHour(), time.getMinute(), time.getSecond());
        int micros = time.getNano() / NANOS_PER_MICRO;
        if (micros != 0) {
            buffer[at++] = '.';
            at = twoDigits(buffer, at, micros / 10_000);
            at = twoDigits(buffer, at, micros / 100 % 100);
            at = twoDigits(buffer, at, micros % 100);
        }
        return offset(buffer, at, time.getOffset().getTotalSeconds());
    }

    private static int clock(byte[] buffer, int start, int hour, int minute, int second) {
        int at = twoDigits(buffer, start, hour);
        buffer[at++] = ':';
        at = twoDigits(buffer, at, minute);
        buffer[at++] = ':';
        return twoDigits(buffer, at, second);
    }

    private static int offset(byte[] buffer, int start, int totalSeconds) {
        int at = start;
        buffer[at++] = (byte) (totalSeconds < 0 ? '-' : '+');
        int seconds = Math.abs(totalSeconds);
        at = twoDigits(buffer, at, seconds / 3600);
        buffer[at++] = ':';
        at = twoDigits(buffer, at, seconds / 60 % 60);
        if (seconds % 60 != 0) {
            buffer[at++] = ':';
            at = twoDigits(buffer, at, seconds % 60);
        }
        return at;
    }

    private static int twoDigits(byte[] buffer, int at, int value) {
        buffer[at] = (byte) ('0' + value / 10);
        buffer[at + 1] = (byte) ('0' + value % 10);
        return at + 2;
    }

    /**
     * Parses a time. A value without an offset is UTC. Accepts {@code Z}, a space instead of the {@code T}, an offset
     * without a colon, missing seconds, and a date alone. Fraction digits after the sixth are truncated.
     *
     * @throws DateTimeException when the text is not such a time
     */
    public static OffsetDateTime parse(String text) {
        return new Reader(text).read();
    }

    /** Reads one text from left to right. */
    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        OffsetDateTime read() {
            LocalDate date = date();
            if (atEnd()) {
                return OffsetDateTime.of(date.atStartOfDay(), ZoneOffset.UTC);
            }
            if (!accept('T') && !accept('t') && !accept(' ')) {
                throw unreadable();
            }
            LocalDateTime dateTime = time(date);
            ZoneOffset offset = atEnd() ? ZoneOffset.UTC : offset();
            if (!atEnd()) {
                throw unreadable();
            }
            return OffsetDateTime.of(dateTime, offset);
        }

        private LocalDate date() {
            int year = number(4);
            boolean dashed = accept('-');
            int month = number(2);
            if (dashed) {
                expect('-');
            }
            int day = number(2);
            if (year == 0) {
                throw unreadable();
            }
            return LocalDate.of(year, month, day);
        }

        private LocalDateTime time(LocalDate date) {
            int hour = number(2);
            int minute = 0;
            int second = 0;
            int nano = 0;
            if (!atEnd() && (isDigit() || text.charAt(at) == ':')) {
                boolean colons = accept(':');
                minute = number(2);
                if (!atEnd() && (colons ? accept(':') : isDigit())) {
                    second = number(2);
                    nano = fraction();
                }
            }
            return date.atTime(hour, minute, second, nano);
        }

        private int fraction() {
            if (!accept('.') && !accept(',')) {
                return 0;
            }
            int start = at;
            int micros = 0;
            while (isDigit()) {
                if (at - start < 6) {
                    micros = micros * 10 + text.charAt(at) - '0';
                }
                at++;
            }
            int digits = at - start;
            if (digits == 0) {
                throw unreadable();
            }
            for (int i = digits; i < 6; i++) {
                micros *= 10;
            }
            return micros * NANOS_PER_MICRO;
        }

        private ZoneOffset offset() {
            if (accept('Z') || accept('z')) {
                return ZoneOffset.UTC;
            }
            int sign = accept('-') ? -1 : 1;
            if (sign == 1) {
                expect('+');
            }
            int hours = number(2);
            int minutes = 0;
            int seconds = 0;
            if (!atEnd()) {
                boolean colons = accept(':');
                minutes = number(2);
                if (!atEnd()) {
                    if (colons) {
                        expect(':');
                    }
                    seconds = number(2);
                }
            }
            if (minutes > 59 || seconds > 59) {
                throw unreadable();
            }
            int total = hours * 3600 + minutes * 60 + seconds;
            return total == 0 ? ZoneOffset.UTC : ZoneOffset.ofTotalSeconds(sign * total);
        }

        private int number(int digits) {
            int value = 0;
            for (int i = 0; i < digits; i++) {
                if (!isDigit()) {
                    throw unreadable();
                }
                value = value * 10 + text.charAt(at++) - '0';
            }
            return value;
        }

        private boolean atEnd() {
            return at == text.length();
        }

        private boolean isDigit() {
            return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
        }

        private boolean accept(char expected) {
            if (at < text.length() && text.charAt(at) == expected) {
                at++;
                return true;
            }
            return false;
        }

        private void expect(char expected) {
            if (!accept(expected)) {
                throw unreadable();
            }
        }

        private DateTimeException unreadable() {
            return new DateTimeException("not a time such as 2024-01-02T03:04:05+00:00 (stopped at character "
                    + (at + 1) + " of " + text.length() + ")");
        }
    }
}
