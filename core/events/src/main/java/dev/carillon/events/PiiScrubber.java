package dev.carillon.events;

import dev.carillon.events.internal.Sha256;
import dev.carillon.events.internal.Shown;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Removes the {@linkplain Pii personal data} of an event from messages of foreign code, such as the exception of a
 * receiver, before they are logged or stored with a dead letter.
 *
 * <p>Finds the values {@linkplain Spellings in their usual spellings}. Values of fewer than three characters are not
 * removed. Values outside marked components are the receiver's responsibility.
 */
public final class PiiScrubber {

    /** Shorter values occur in any sentence. */
    private static final int SHORTEST = 3;

    /** Far more than is displayed. */
    private static final int LONGEST_INSPECTED = 100_000;

    private static final int MOST_THROWABLES = 100;
    private static final String KEY_PREFIX = "key#";

    /** Short, so that many keys share a digest and it cannot be reversed. */
    private static final int KEY_DIGITS = 6;

    private PiiScrubber() {}

    /** The text without the values, on one or more lines, shortened and escaped for a log. */
    public static String scrub(@Nullable String text, @Nullable Object data) {
        return scrub(String.valueOf(text), pattern(data));
    }

    private static String scrub(String text, @Nullable Pattern values) {
        // Scrub before truncating: otherwise a truncated value could remain.
        String start = text.length() <= LONGEST_INSPECTED ? text : text.substring(0, LONGEST_INSPECTED);
        return Shown.message(values == null ? start : values.matcher(start).replaceAll(Masked.MASK));
    }

    /**
     * Returns the failure if its messages contain nothing to hide. Otherwise returns a copy without the values, with the
     * same stack trace, causes and suppressed exceptions.
     */
    public static Throwable scrub(Throwable failure, @Nullable Object data) {
        Set<Throwable> all = Collections.newSetFromMap(new IdentityHashMap<>());
        collect(failure, all);
        @Nullable Pattern values = pattern(data);
        boolean good = all.stream().allMatch(each -> isGood(each, values));
        return good ? failure : new Copy(values, true).of(failure);
    }

    /**
     * A key in a form that is safe to display: the key itself if the data are available and contain it in no marked
     * component; otherwise a short digest, the same for the same key.
     */
    public static String key(String key, @Nullable Object data) {
        if (data == null) {
            return digest(key);
        }
        @Nullable Pattern values = pattern(data);
        boolean marked = (values != null && values.matcher(key).find())
                || Masked.values(data).contains(key);
        return marked ? digest(key) : Shown.text(key);
    }

    /** Such as {@code key#3fa9c1}: distinguishes keys in a log without revealing them. */
    public static String digest(String key) {
        byte[] digest = Sha256.digest().digest(key.getBytes(StandardCharsets.UTF_8));
        return KEY_PREFIX + HexFormat.of().formatHex(digest, 0, KEY_DIGITS / 2);
    }

    private static @Nullable Pattern pattern(@Nullable Object data) {
        String any = Masked.values(data).stream()
                .map(String::strip)
                .filter(value -> value.length() >= SHORTEST)
                .distinct()
                .sorted((one, other) -> other.length() - one.length())
                .map(Spellings::of)
                .collect(Collectors.joining("|"));
        return any.isEmpty() ? null : Pattern.compile(any, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** A failure of the same kind with the same stack trace, without a message. */
    public static Throwable withoutMessages(Throwable failure) {
        return new Copy(null, false).of(failure);
    }

    private static void collect(@Nullable Throwable failure, Set<Throwable> all) {
        if (failure != null && all.size() < MOST_THROWABLES && all.add(failure)) {
            collect(causeOf(failure), all);
            for (Throwable suppressed : failure.getSuppressed()) {
                collect(suppressed, all);
            }
        }
    }

    /** Not if one of its own methods throws anything: a log could not print it. */
    private static boolean isGood(Throwable failure, @Nullable Pattern values) {
        try {
            String all = failure.toString();
            String message = String.valueOf(failure.getMessage());
            return failure.getCause() != failure
                    && failure.getStackTrace() != null
                    && scrub(all, values).equals(all)
                    && scrub(message, values).equals(message);
        } catch (RuntimeException | Error e) {
            return false;
        }
    }

    /** Its class and message. The message method of a foreign class may throw anything. */
    private static String text(Throwable failure, @Nullable Pattern values) {
        String name = failure.getClass().getName();
        try {
            String message = failure.getMessage();
            return message == null ? name : name + ": " + scrub(message, values);
        } catch (RuntimeException | Error e) {
            return name;
        }
    }

    private static @Nullable Throwable causeOf(Throwable failure) {
        try {
            return failure.getCause();
        } catch (RuntimeException | Error e) {
            return null;
        }
    }

    private static StackTraceElement[] stackTraceOf(Throwable failure) {
        try {
            return failure.getStackTrace();
        } catch (RuntimeException | Error e) {
            return new StackTraceElement[0];
        }
    }

    /** Copies a failure with its causes and suppressed exceptions; handles cyclic causes. */
    private static final class Copy {

        private final @Nullable Pattern values;
        private final boolean keepsMessages;
        private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());

        Copy(@Nullable Pattern values, boolean keepsMessages) {
            this.values = values;
            this.keepsMessages = keepsMessages;
        }

        ScrubbedException of(Throwable failure) {
            seen.add(failure);
            String text =
                    keepsMessages ? text(failure, values) : failure.getClass().getName();
            ScrubbedException copy = new ScrubbedException(text, cause(causeOf(failure)), stackTraceOf(failure));
            for (Throwable suppressed : failure.getSuppressed()) {
                ScrubbedException inner = cause(suppressed);
                if (inner != null) {
                    copy.addSuppressed(inner);
                }
            }
            return copy;
        }

        private @Nullable ScrubbedException cause(@Nullable Throwable cause) {
            return cause == null || seen.contains(cause) || seen.size() >= MOST_THROWABLES ? null : of(cause);
        }
    }
}
