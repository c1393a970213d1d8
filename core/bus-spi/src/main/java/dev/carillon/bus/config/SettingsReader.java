package dev.carillon.bus.config;

import dev.carillon.bus.config.Settings.SettingsFile;
import dev.carillon.events.internal.Secrets;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads settings with their types and collects all problems, to report them together. A setting with a problem reads as its
 * default until {@link #finish()} throws. Not thread-safe.
 */
public final class SettingsReader {

    /** The maximum length of a number, so that parsing it is cheap. */
    private static final int MAX_NUMBER_LENGTH = 100;

    private final Settings settings;
    private final Set<String> namesRead = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> blank = new ArrayList<>();

    /** Creates a reader of these settings. */
    public SettingsReader(Settings settings) {
        this.settings = settings;
    }

    private Optional<Object> value(String name) {
        namesRead.add(name);
        return settings.value(name);
    }

    /** The names of all settings that were read so far, whether or not they are set. */
    public Set<String> namesRead() {
        return namesRead;
    }

    /** A text; empty when it is not set. */
    public Optional<String> text(String name) {
        Optional<Object> value = value(name);
        if (value.isPresent() && (value.get() instanceof Map || value.get() instanceof List)) {
            problem(name, "must be text");
            return Optional.empty();
        }
        return value.map(Object::toString);
    }

    /** A required text; {@code purpose} says what it is for. Reads as empty text when it is not set. */
    public String requiredText(String name, String purpose) {
        return text(name).orElseGet(() -> {
            if (value(name).isEmpty()) {
                boolean isBlank = settings.names().contains(name);
                String problem = name + (isBlank ? " is blank" : " is not set") + ", but must be " + purpose;
                problems.add(problem);
                if (isBlank) {
                    blank.add(problem);
                }
            }
            return "";
        });
    }

    /** The problems of required texts that were read so far and are blank, rather than not set. */
    public List<String> blankTexts() {
        return List.copyOf(blank);
    }

    /** A boolean, also as the text "true" or "false" in any case. */
    public boolean bool(String name, boolean defaultValue) {
        Optional<Object> value = value(name);
        if (value.isEmpty()) {
            return defaultValue;
        }
        if (value.get() instanceof Boolean bool) {
            return bool;
        }
        if (value.get() instanceof String text) {
            if (text.strip().equalsIgnoreCase("true")) {
                return true;
            }
            if (text.strip().equalsIgnoreCase("false")) {
                return false;
            }
        }
        problem(name, "must be true or false");
        return defaultValue;
    }

    /** A whole number of at least {@code min}; empty when it is not set. */
    public Optional<Long> number(String name, long min) {
        return decimal(name, "a whole number of " + min + " or more", number -> {
            long whole = number.longValueExact();
            if (whole < min) {
                throw new ArithmeticException("too small");
            }
            return whole;
        });
    }

    /** A duration in seconds, with optional fractions; at least zero, at most a year. */
    public Duration seconds(String name, Duration defaultValue) {
        return decimal(name, "a number of seconds between 0 and 31536000", number -> {
                    if (number.signum() < 0 || number.compareTo(BigDecimal.valueOf(31_536_000)) > 0) {
                        throw new ArithmeticException("out of range");
                    }
                    return Duration.ofNanos(number.movePointRight(9).longValue());
                })
                .orElse(defaultValue);
    }

    private <V> Optional<V> decimal(String name, String expected, Function<BigDecimal, V> conversion) {
        Optional<Object> value = value(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (value.get() instanceof Number || value.get() instanceof String) {
                String text = value.get().toString().strip();
                if (text.length() <= MAX_NUMBER_LENGTH) {
                    return Optional.of(conversion.apply(new BigDecimal(text)));
                }
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // Reported below, with what is expected.
        }
        problem(name, "must be " + expected);
        return Optional.empty();
    }

    /** A map, also as JSON or YAML text; empty when it is not set. */
    public Map<String, Object> map(String name) {
        Optional<Object> value = value(name);
        if (value.isEmpty()) {
            return Map.of();
        }
        Object content = value.get();
        if (content instanceof String text) {
            try {
                content = SettingsFile.parse(text);
            } catch (IllegalArgumentException e) {
                problems.add(name + " must be a map, as JSON or YAML, but cannot be read: " + e.getMessage());
                return Map.of();
            }
        }
        if (content instanceof Map<?, ?> map) {
            Map<String, Object> read = new LinkedHashMap<>();
            map.forEach((key, entry) -> read.put(String.valueOf(key), entry));
            return read;
        }
        problem(name, "must be a map");
        return Map.of();
    }

    /** Reports a setting as wrong: its name, {@code "must be …"}, and its value. */
    public void problem(String name, String expected) {
        problems.add(name + " " + expected + ", but is "
                + Secrets.shown(name, settings.value(name).orElse(null)));
    }

    /** Reports a problem in the caller's own words, which must not contain secrets. */
    public void report(String problem) {
        problems.add(problem);
    }

    /**
     * Finishes reading.
     *
     * @throws SettingsException with all reported problems
     */
    public void finish() {
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }

    /** The settings that are read. */
    public Settings settings() {
        return settings;
    }

    /** As {@link Secrets#summary}; for a map, which may also be text, only its names. */
    static String summary(String name, Object value) {
        if (value instanceof String text
                && (name.endsWith("_CONFIG") || text.contains("{") || text.contains("\n") || text.contains(": "))) {
            Object content = text;
            try {
                content = SettingsFile.parse(text);
            } catch (IllegalArgumentException e) {
                // Reported when the setting is read.
            }
            return content instanceof Map
                    ? Secrets.summary(name, content)
                    : "text of " + text.length() + " characters that is not a map";
        }
        return Secrets.summary(name, value);
    }
}
