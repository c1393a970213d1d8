package dev.carillon.cli;

import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.deadletter.DeadLetters;
import dev.carillon.bus.deadletter.DeadLetters.Malformed;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.events.PiiScrubber;
import dev.carillon.events.internal.NearestNames;
import dev.carillon.events.internal.Shown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Mixin: the dead letters that a command is about. Several conditions must all be met. */
final class DeadLetterSelection {

    private static final int MIN_PREFIX_LENGTH = 4;
    private static final int MAX_MALFORMED_SHOWN = 20;

    @Mixin
    private GroupOptions group = new GroupOptions();

    @Option(
            names = "--id",
            paramLabel = "ID",
            converter = SharedOptions.NotBlank.class,
            description = {
                "Dead letters with this id or event id. The first characters of an id are enough if they are unique, but at"
                        + " least four. For a malformed entry, its place. May be given several times."
            })
    private List<String> ids = new ArrayList<>();

    @Option(
            names = "--type",
            paramLabel = "EVENT_TYPE",
            converter = SharedOptions.NotBlank.class,
            description = "Dead letters of this event type.")
    private @Nullable String type;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            converter = SharedOptions.NotBlank.class,
            description = "Dead letters with this event key, or with a key of this digest.")
    private @Nullable String key;

    @Option(
            names = "--cause",
            paramLabel = "TEXT",
            converter = SharedOptions.NotBlank.class,
            description =
                    "Dead letters with this text in their cause: the kind (failed, undecodable or blocked), or the class, message"
                            + " or receiver of the failure. Case is ignored.")
    private @Nullable String cause;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = SharedOptions.Time.class,
            description = "Dead letters that last failed at this ISO 8601 time or later.")
    private @Nullable Instant from;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = SharedOptions.Time.class,
            description = "Dead letters that last failed before this time.")
    private @Nullable Instant until;

    /** What was selected. Malformed entries match no condition but their place. */
    record Selected(List<DeadLetter> deadLetters, List<Malformed> malformed) {}

    /** Runs an action with the dead letters of the group and those that are selected. Opens and closes the bus. */
    <R> R with(Console console, BiFunction<DeadLetters, Selected, R> action) {
        return group.withBus(console, bus -> {
            DeadLetters deadLetters = bus.deadLetters(group.topic(), group.group());
            DeadLetters.Listing all = deadLetters.inspect();
            if (all.deadLetters().isEmpty() && all.malformed().isEmpty()) {
                group.requireExisting(bus, StartAt.earliest()); // a mistyped group has no dead letters either
            }
            return action.apply(deadLetters, select(all));
        });
    }

    boolean hasConditions() {
        return !ids.isEmpty() || type != null || key != null || cause != null || from != null || until != null;
    }

    private Selected select(DeadLetters.Listing all) {
        Set<String> named = new HashSet<>();
        ids.forEach(id -> named.addAll(idsAndPlaces(all, id)));
        return new Selected(
                all.deadLetters().stream()
                        .filter(deadLetter -> matches(deadLetter, named))
                        .toList(),
                all.malformed().stream()
                        .filter(malformed -> !hasConditions() || named.contains(malformed.place()))
                        .toList());
    }

    /** The ids and places that an option names: several when it is the id of an event that arrived twice. */
    private Set<String> idsAndPlaces(DeadLetters.Listing all, String option) {
        Set<String> exact = new HashSet<>();
        Set<String> withPrefix = new HashSet<>();
        for (DeadLetter deadLetter : all.deadLetters()) {
            if (option.equals(deadLetter.id()) || option.equals(deadLetter.eventId())) {
                exact.add(deadLetter.id());
            } else if (option.length() >= MIN_PREFIX_LENGTH && deadLetter.id().startsWith(option)) {
                withPrefix.add(deadLetter.id());
            }
        }
        all.malformed().stream().map(Malformed::place).filter(option::equals).forEach(exact::add);
        if (exact.isEmpty() && withPrefix.size() > 1) {
            throw CommandException.usage("The ids of " + withPrefix.size() + " dead letters of " + group
                    + " start with " + Shown.quoted(option) + ": give more characters");
        }
        if (exact.isEmpty() && withPrefix.isEmpty()) {
            throw CommandException.usage("There is no dead letter " + Shown.quoted(option) + " of " + group
                    + NearestNames.question(
                            option,
                            all.deadLetters().stream().map(DeadLetter::id).toList()));
        }
        return exact.isEmpty() ? withPrefix : exact;
    }

    private boolean matches(DeadLetter deadLetter, Set<String> named) {
        return (ids.isEmpty() || named.contains(deadLetter.id()))
                && (type == null || type.equals(deadLetter.eventType()))
                && (key == null || isKeyOrDigest(key, deadLetter.key()))
                && (cause == null || causeText(deadLetter).contains(cause.toLowerCase(Locale.ROOT)))
                && (from == null || !deadLetter.lastFailed().isBefore(from))
                && (until == null || deadLetter.lastFailed().isBefore(until));
    }

    private static boolean isKeyOrDigest(String option, @Nullable String key) {
        return option.equals(key) || (key != null && option.equals(PiiScrubber.digest(key)));
    }

    private static String causeText(DeadLetter deadLetter) {
        DeadLetter.Cause cause = deadLetter.cause();
        return String.join(
                        " ",
                        DeadLetterView.kind(deadLetter),
                        cause.failure(),
                        cause.text(),
                        String.join(" ", cause.receivers()))
                .toLowerCase(Locale.ROOT);
    }

    /** As in "group badges of topic user-login". */
    @Override
    public String toString() {
        return group.toString();
    }

    /** The number of dead letters, and one line for each type and cause. */
    List<String> summary(List<DeadLetter> deadLetters) {
        List<String> lines = new ArrayList<>();
        lines.add((deadLetters.size() == 1 ? "1 dead letter" : deadLetters.size() + " dead letters") + " of " + group);
        Map<String, Integer> counts = new TreeMap<>();
        for (DeadLetter deadLetter : deadLetters) {
            counts.merge(typeOf(deadLetter) + ", " + shortCause(deadLetter), 1, Integer::sum);
        }
        counts.forEach((what, count) -> lines.add("  " + count + " of " + what));
        return lines;
    }

    /** Where malformed entries are and what is wrong with them; empty when there are none. */
    static List<String> describeMalformed(List<Malformed> malformed) {
        List<String> lines = new ArrayList<>();
        if (!malformed.isEmpty()) {
            lines.add((malformed.size() == 1 ? "1 entry is malformed" : malformed.size() + " entries are malformed")
                    + " and cannot be redriven. \"discard --id PLACE\" removes one:");
            malformed.stream()
                    .limit(MAX_MALFORMED_SHOWN)
                    .forEach(entry -> lines.add("  " + entry.place() + ": " + entry.reason()));
            if (malformed.size() > MAX_MALFORMED_SHOWN) {
                lines.add("  and " + (malformed.size() - MAX_MALFORMED_SHOWN) + " more");
            }
        }
        return lines;
    }

    static String typeOf(DeadLetter deadLetter) {
        return deadLetter.eventType() == null ? "unknown type" : deadLetter.eventType();
    }

    /** The simple name of the exception's class; the kind of failure when there was no exception. */
    static String shortCause(DeadLetter deadLetter) {
        String failure = deadLetter.cause().failure();
        return failure.isEmpty() ? DeadLetterView.kind(deadLetter) : failure.substring(failure.lastIndexOf('.') + 1);
    }
}
