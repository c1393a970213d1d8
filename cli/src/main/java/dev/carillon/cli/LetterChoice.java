package dev.carillon.cli;

import dev.carillon.bus.DeadLetter;
import dev.carillon.bus.DeadLetters;
import dev.carillon.bus.EventBus;
import dev.carillon.events.internal.NearestNames;
import dev.carillon.events.internal.PiiScrubber;
import dev.carillon.events.internal.Shown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which dead letters of which group a command is about. Several conditions must all be met. */
final class LetterChoice {

    @Mixin
    private GroupOption groupOption = new GroupOption();

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "The one of this id, or of this event id. May be given several times.")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--type", paramLabel = "EVENT_TYPE", description = "Those of this event type.")
    private @Nullable String type;

    @Option(names = "--key", paramLabel = "KEY", description = "Those of this event key, or of this digest of one.")
    private @Nullable String key;

    @Option(
            names = "--cause",
            paramLabel = "TEXT",
            description =
                    "Those whose cause (the kind: failed, unusable or held; class, message or receiver of the failure)"
                            + " holds this text, in capitals or not.")
    private @Nullable String cause;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = TimeOption.class,
            description = "Those that failed last at this ISO 8601 time or later.")
    private @Nullable Instant from;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = TimeOption.class,
            description = "Those that failed last before this time.")
    private @Nullable Instant until;

    /** Calls with all dead letters of the group, and those that are chosen. */
    <R> R with(Caller caller, BiFunction<DeadLetters, List<DeadLetter>, R> action) {
        try (EventBus bus = groupOption.open(caller)) {
            DeadLetters letters = bus.deadLetters(groupOption.topic(), groupOption.group());
            return action.apply(letters, chosen(letters.list()));
        } catch (UnsupportedOperationException e) {
            throw new FailedException(String.valueOf(e.getMessage()), e);
        }
    }

    boolean isNarrowed() {
        return !ids.isEmpty() || type != null || key != null || cause != null || from != null || until != null;
    }

    private List<DeadLetter> chosen(List<DeadLetter> all) {
        for (String id : ids) {
            if (all.stream().noneMatch(letter -> isNamed(letter, id))) {
                throw new UsageException("There is no dead letter " + Shown.quoted(id) + " of " + groupOption
                        + NearestNames.question(
                                id, all.stream().map(DeadLetter::id).toList()));
            }
        }
        return all.stream().filter(this::isChosen).toList();
    }

    private boolean isChosen(DeadLetter letter) {
        return (ids.isEmpty() || ids.stream().anyMatch(id -> isNamed(letter, id)))
                && (type == null || type.equals(letter.eventType()))
                && (key == null || isKey(key, letter.key()))
                && (cause == null || causeOf(letter).contains(cause.toLowerCase(Locale.ROOT)))
                && (from == null || !letter.lastFailed().isBefore(from))
                && (until == null || letter.lastFailed().isBefore(until));
    }

    private static boolean isKey(String asked, @Nullable String key) {
        return asked.equals(key) || (key != null && asked.equals(PiiScrubber.digest(key)));
    }

    private static boolean isNamed(DeadLetter letter, String id) {
        return id.equals(letter.id()) || id.equals(letter.eventId());
    }

    private static String causeOf(DeadLetter letter) {
        return String.join(
                        " ",
                        letter.cause().kind().name(),
                        letter.cause().failure(),
                        letter.cause().text(),
                        String.join(" ", letter.cause().receivers()))
                .toLowerCase(Locale.ROOT);
    }

    /** "3 dead letters of group badges of topic user-login", and how many of them have which type and cause. */
    List<String> count(List<DeadLetter> letters) {
        List<String> lines = new ArrayList<>();
        lines.add((letters.size() == 1 ? "1 dead letter" : letters.size() + " dead letters") + " of " + groupOption);
        Map<String, Integer> counts = new TreeMap<>();
        for (DeadLetter letter : letters) {
            counts.merge(typeOf(letter) + ", " + shortCause(letter), 1, Integer::sum);
        }
        counts.forEach((what, count) -> lines.add("  " + count + " of " + what));
        return lines;
    }

    static String typeOf(DeadLetter letter) {
        return letter.eventType() == null ? "unknown type" : letter.eventType();
    }

    /** The class of what was thrown, without its package; else what happened. */
    static String shortCause(DeadLetter letter) {
        String failure = letter.cause().failure();
        return failure.isEmpty()
                ? letter.cause().kind().name().toLowerCase(Locale.ROOT)
                : failure.substring(failure.lastIndexOf('.') + 1);
    }
}
