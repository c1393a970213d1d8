package dev.carillon.cli;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.deadletter.DeadLetters;
import dev.carillon.bus.deadletter.DeadLetters.Malformed;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.events.internal.NearestNames;
import dev.carillon.events.internal.PiiScrubber;
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

/** Which dead letters of which group a command is about. Several conditions must all be met. */
final class LetterChoice {

    private static final int SHORTEST_BEGINNING = 4;
    private static final int MOST_MALFORMED = 20;

    @Mixin
    private GroupOption groupOption = new GroupOption();

    @Option(
            names = "--id",
            paramLabel = "ID",
            converter = NotBlank.class,
            description = {
                "The one of this id, or of this event id. The first characters of an id are enough, four at least, where no"
                        + " other begins so. What is malformed has no id: it is named by its place. May be given several times."
            })
    private List<String> ids = new ArrayList<>();

    @Option(
            names = "--type",
            paramLabel = "EVENT_TYPE",
            converter = NotBlank.class,
            description = "Those of this event type.")
    private @Nullable String type;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            converter = NotBlank.class,
            description = "Those of this event key, or of this digest of one.")
    private @Nullable String key;

    @Option(
            names = "--cause",
            paramLabel = "TEXT",
            converter = NotBlank.class,
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

    /** What is chosen. Malformed entries meet no condition but their place. */
    record Chosen(List<DeadLetter> letters, List<Malformed> malformed) {}

    /** Calls with the dead letters of the group, and what is chosen of them. */
    <R> R with(Caller caller, BiFunction<DeadLetters, Chosen, R> action) {
        try (EventBus bus = groupOption.open(caller)) {
            DeadLetters letters = bus.deadLetters(groupOption.topic(), groupOption.group());
            DeadLetters.Listing all = letters.inspect();
            if (all.letters().isEmpty() && all.malformed().isEmpty()) {
                groupOption.require(bus, StartAt.earliest()); // of one that was mistyped, none would be no surprise
            }
            return action.apply(letters, chosen(all));
        } catch (UnsupportedOperationException e) {
            throw new FailedException(String.valueOf(e.getMessage()), e);
        }
    }

    boolean isNarrowed() {
        return !ids.isEmpty() || type != null || key != null || cause != null || from != null || until != null;
    }

    private Chosen chosen(DeadLetters.Listing all) {
        Set<String> named = new HashSet<>();
        ids.forEach(id -> named.addAll(named(all, id)));
        return new Chosen(
                all.letters().stream().filter(letter -> isChosen(letter, named)).toList(),
                all.malformed().stream()
                        .filter(each -> !isNarrowed() || named.contains(each.place()))
                        .toList());
    }

    /** The ids and places that an option means; several, where it is the id of an event that came twice. */
    private Set<String> named(DeadLetters.Listing all, String option) {
        Set<String> found = new HashSet<>();
        Set<String> beginning = new HashSet<>();
        for (DeadLetter letter : all.letters()) {
            if (option.equals(letter.id()) || option.equals(letter.eventId())) {
                found.add(letter.id());
            } else if (option.length() >= SHORTEST_BEGINNING && letter.id().startsWith(option)) {
                beginning.add(letter.id());
            }
        }
        all.malformed().stream()
                .map(Malformed::place)
                .filter(option::equals)
                .forEach(found::add);
        if (found.isEmpty() && beginning.size() > 1) {
            throw new UsageException("The ids of " + beginning.size() + " dead letters of " + groupOption
                    + " begin with " + Shown.quoted(option) + ": give more of it");
        }
        if (found.isEmpty() && beginning.isEmpty()) {
            throw new UsageException("There is no dead letter " + Shown.quoted(option) + " of " + groupOption
                    + NearestNames.question(
                            option, all.letters().stream().map(DeadLetter::id).toList()));
        }
        return found.isEmpty() ? beginning : found;
    }

    private boolean isChosen(DeadLetter letter, Set<String> named) {
        return (ids.isEmpty() || named.contains(letter.id()))
                && (type == null || type.equals(letter.eventType()))
                && (key == null || isKey(key, letter.key()))
                && (cause == null || causeOf(letter).contains(cause.toLowerCase(Locale.ROOT)))
                && (from == null || !letter.lastFailed().isBefore(from))
                && (until == null || letter.lastFailed().isBefore(until));
    }

    private static boolean isKey(String asked, @Nullable String key) {
        return asked.equals(key) || (key != null && asked.equals(PiiScrubber.digest(key)));
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

    /** As in "group badges of topic user-login". */
    @Override
    public String toString() {
        return groupOption.toString();
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

    /** What is malformed, and where; nothing when nothing is. */
    static List<String> describe(List<Malformed> malformed) {
        List<String> lines = new ArrayList<>();
        if (!malformed.isEmpty()) {
            lines.add((malformed.size() == 1 ? "1 entry is" : malformed.size() + " entries are")
                    + " malformed: no dead letter of anybody. \"discard --id PLACE\" removes it");
            malformed.stream()
                    .limit(MOST_MALFORMED)
                    .forEach(each -> lines.add("  " + each.place() + ": " + each.reason()));
            if (malformed.size() > MOST_MALFORMED) {
                lines.add("  and " + (malformed.size() - MOST_MALFORMED) + " more");
            }
        }
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
