package dev.carillon.credentials.rest;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a call: of a JSON object, or of a form, where every value is text. Reading a field that is wrong notes what is wrong and
 * returns null, so that the caller gets all problems at once from {@link #check}. For one thread.
 */
final class Body {

    static final String REQUIRED = "This field is required.";
    static final String NOT_NULL = "This field may not be null.";
    private static final String NOT_BLANK = "This field may not be blank.";

    private static final Set<String> TRUE = Set.of("true", "t", "yes", "y", "on", "1");
    private static final Set<String> FALSE = Set.of("false", "f", "no", "n", "off", "0");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd[['T'][' ']HH:mm[:ss][.SSSSSS][.SSS]][XXX][X]");

    private final Map<String, @Nullable Object> fields;
    private final Map<String, Object> problems = new LinkedHashMap<>();

    Body(Map<String, @Nullable Object> fields) {
        this.fields = fields;
    }

    /** Whether the field is there, even as null. */
    boolean has(String name) {
        return fields.containsKey(name);
    }

    /** Whether the field is there as null. */
    boolean isNull(String name) {
        return has(name) && raw(name) == null;
    }

    /** The field as it came; null if it is missing or null. */
    @Nullable
    Object raw(String name) {
        return fields.get(name);
    }

    /** A text that has to be there, and not blank. */
    @Nullable
    String requiredText(String name) {
        return required(name) ? text(name) : null;
    }

    /** A text; null if it is missing or null. A number or boolean counts as its text. */
    @Nullable
    String text(String name) {
        Object value = raw(name);
        if (value == null) {
            return null;
        }
        if (value instanceof Map || value instanceof List) {
            problem(name, "Not a valid string.");
            return null;
        }
        String text = value.toString().strip();
        if (text.isEmpty()) {
            problem(name, NOT_BLANK);
            return null;
        }
        return text;
    }

    /** A whole number that has to be positive; null if it is missing or null. */
    @Nullable
    Long number(String name) {
        return read(name, "A valid integer is required.", value -> {
            long number = Long.parseLong(value.toString().strip());
            return number > 0 ? number : null;
        });
    }

    /** A decimal number; null if it is missing or null. */
    @Nullable
    BigDecimal decimal(String name) {
        return read(
                name,
                "A valid number is required.",
                value -> new BigDecimal(value.toString().strip()));
    }

    /** True or false; null if it is missing or null. */
    @Nullable
    Boolean flag(String name) {
        return read(name, "Must be a valid boolean.", value -> {
            String text = value.toString().toLowerCase(Locale.ROOT);
            return TRUE.contains(text) ? Boolean.TRUE : FALSE.contains(text) ? Boolean.FALSE : null;
        });
    }

    /** Whether a text, such as a parameter of the query, says true. */
    static boolean isTrue(@Nullable String text) {
        return text != null && TRUE.contains(text.toLowerCase(Locale.ROOT));
    }

    /** A UUID, with or without dashes; null if it is missing or null. */
    @Nullable
    UUID uuid(String name) {
        return read(name, "Must be a valid UUID.", value -> Uuids.parse(value.toString()));
    }

    /** A point in time, in UTC unless it names an offset; null if it is missing or null. */
    @Nullable
    Instant time(String name) {
        return read(
                name,
                "Datetime has wrong format. Use one of these formats instead:"
                        + " YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].",
                value -> time(TIME.parseBest(
                        value.toString().strip(), OffsetDateTime::from, LocalDateTime::from, LocalDate::from)));
    }

    private static Instant time(TemporalAccessor parsed) {
        Instant time;
        if (parsed instanceof OffsetDateTime withOffset) {
            time = withOffset.toInstant();
        } else if (parsed instanceof LocalDateTime local) {
            time = local.toInstant(ZoneOffset.UTC);
        } else {
            time = LocalDate.from(parsed).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    /** An object that has to be there; null if it is not, or is none. Its problems are its own. */
    @Nullable
    Body requiredObject(String name) {
        return required(name) ? object(name) : null;
    }

    /** An object; null if it is missing, null or none. */
    @SuppressWarnings("unchecked") // the keys of JSON objects are text
    @Nullable
    Body object(String name) {
        return read(name, "Expected an object.", value -> new Body((Map<String, @Nullable Object>) value));
    }

    private <T> @Nullable T read(String name, String problem, Function<Object, @Nullable T> parser) {
        Object value = raw(name);
        if (value == null) {
            return null;
        }
        try {
            T parsed = parser.apply(value);
            if (parsed != null) {
                return parsed;
            }
        } catch (IllegalArgumentException | DateTimeException | ClassCastException e) {
            // noted below
        }
        problem(name, problem);
        return null;
    }

    private boolean required(String name) {
        if (!has(name)) {
            problem(name, REQUIRED);
            return false;
        }
        if (raw(name) == null) {
            problem(name, NOT_NULL);
            return false;
        }
        return true;
    }

    /** Notes a problem with a field. */
    void problem(String name, Object problem) {
        problems.putIfAbsent(name, problem instanceof String ? List.of(problem) : problem);
    }

    /** Notes a problem as a text by itself, where the original does not put it into a list. */
    void plainProblem(String name, String problem) {
        problems.putIfAbsent(name, problem);
    }

    /** What is wrong so far. */
    Map<String, Object> problems() {
        return problems;
    }

    /**
     * Ends the reading.
     *
     * @throws InvalidFieldsException when a field was wrong
     */
    void check() {
        if (!problems.isEmpty()) {
            throw new InvalidFieldsException(problems);
        }
    }
}
