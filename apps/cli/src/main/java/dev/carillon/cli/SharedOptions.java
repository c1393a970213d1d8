package dev.carillon.cli;

import dev.carillon.bus.transport.GroupState;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.events.Signal;
import dev.carillon.events.Signals;
import dev.carillon.events.internal.IsoTime;
import dev.carillon.events.internal.NearestNames;
import dev.carillon.events.internal.Shown;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Options and values of options that several commands share. See also {@link BusOptions} and {@link GroupOptions}. */
final class SharedOptions {

    private SharedOptions() {}

    /** Mixin: print JSON instead of text. */
    static final class JsonOutput {

        @Option(names = "--json", description = "Print JSON, one object per line.")
        private boolean json;

        boolean isWanted() {
            return json;
        }
    }

    /** Mixin: topics and a group, neither of them required. */
    static final class TopicsAndGroup {

        @Option(
                names = {"-t", "--topic"},
                paramLabel = "TOPIC",
                converter = NotBlank.class,
                description = "A topic, without the prefix of the settings. May be given several times.")
        private List<String> topics = new ArrayList<>();

        @Option(
                names = {"-g", "--group_id", "--group-id"},
                paramLabel = "GROUP",
                converter = NotBlank.class,
                description = "The consumer group.")
        private @Nullable String group;

        /** Throws a {@link CommandException} when a topic is given twice. */
        void requireEachTopicOnce() {
            Set<String> seen = new HashSet<>();
            for (String topic : topics) {
                if (!seen.add(topic)) {
                    throw CommandException.usage("-t names the topic " + Shown.quoted(topic) + " twice");
                }
            }
        }

        /** Throws a {@link CommandException} when one of the topics does not exist. */
        void requireTopicsAmong(Collection<String> existing) {
            for (String topic : topics) {
                if (!existing.contains(topic)) {
                    throw CommandException.usage(
                            "There is no topic '" + topic + "'" + NearestNames.question(topic, existing));
                }
            }
        }

        /** Throws a {@link CommandException} when there is a group, and none of these groups is the one. */
        void requireGroupAmong(List<GroupState> states) {
            if (group != null
                    && states.stream().noneMatch(state -> state.group().equals(group))) {
                throw CommandException.usage("There is no group '" + group + "' in "
                        + (topics.isEmpty() ? "any topic" : "topic " + String.join(", ", topics))
                        + NearestNames.question(
                                group, states.stream().map(GroupState::group).toList()));
            }
        }

        List<String> topics() {
            return topics;
        }

        Optional<String> group() {
            return Optional.ofNullable(group);
        }
    }

    /** Mixin: the event that a command is about. */
    static final class EventArgument {

        @Parameters(
                paramLabel = "TYPE",
                description = "Event type, or path in Python.",
                completionCandidates = EventNames.class)
        private String event = "";

        /** The event. Throws {@link dev.carillon.events.UnknownSignalException} when there is none of this name. */
        Signal<?> in(Signals signals) {
            return signals.get(event);
        }
    }

    /** The names of events that shells complete: event types, and paths in Python. */
    static final class EventNames implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            Signals signals = Signals.discovered();
            return Stream.concat(
                            signals.all().stream().map(Signal::eventType),
                            signals.all().stream().flatMap(signal -> signal.pythonPath().stream()))
                    .iterator();
        }
    }

    /**
     * Refuses blank text. In {@code --cause "$CAUSE"} with a variable that is not set, a blank condition would select everything
     * or nothing, and neither is meant.
     */
    static final class NotBlank implements ITypeConverter<String> {

        @Override
        public String convert(String text) {
            if (text.isBlank()) {
                throw new TypeConversionException("must not be blank, but is '" + text + "'");
            }
            return text;
        }
    }

    /** Reads a time. */
    static final class Time implements ITypeConverter<Instant> {

        @Override
        public Instant convert(String text) {
            try {
                return IsoTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                throw new TypeConversionException(
                        "must be a time such as 2024-01-02T03:04:05+00:00, but is '" + text + "'");
            }
        }
    }

    /** Reads where to start in a topic: earliest, latest, a position or a time. */
    static final class StartPosition implements ITypeConverter<StartAt> {

        /** An offset has no leading zeros; a time of day such as 12:00 may have. */
        private static final Pattern POSITION = Pattern.compile("\\d+(-\\d+|:(0|[1-9]\\d*))?");

        @Override
        public StartAt convert(String text) {
            if (text.equals("earliest")) {
                return StartAt.earliest();
            }
            if (text.equals("latest")) {
                return StartAt.latest();
            }
            if (POSITION.matcher(text).matches()) {
                return StartAt.after(text);
            }
            try {
                return StartAt.time(IsoTime.parse(text).toInstant());
            } catch (DateTimeException e) {
                throw new TypeConversionException(
                        "must be earliest, latest, a position such as 1679676448892-0 (Redis) or 2:1700 (Kafka), or a time"
                                + " such as 2024-01-02T03:04:05+00:00, but is '" + text + "'");
            }
        }
    }
}
