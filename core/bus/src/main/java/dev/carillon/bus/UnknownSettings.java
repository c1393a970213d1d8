package dev.carillon.bus;

import dev.carillon.bus.config.Settings;
import dev.carillon.events.internal.NearestNames;
import dev.carillon.events.internal.Shown;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds settings of the event bus that nobody reads, but that are so like one which is read that somebody mistyped. Settings of a
 * broker that is not in use are no mistake: names of two brokers are not compared.
 */
final class UnknownSettings {

    private static final String PREFIX = "EVENT_BUS_";

    private final Collection<String> known;

    UnknownSettings(Collection<String> known) {
        this.known = known;
    }

    /** A sentence about each, such as "Setting EVENT_BUS_TOPIC_PREFX is not known. Did you mean 'EVENT_BUS_TOPIC_PREFIX'?" */
    List<String> among(Set<String> given) {
        List<String> warnings = new ArrayList<>();
        for (String name : given) {
            if (name.startsWith(PREFIX) && !known.contains(name)) {
                meant(name)
                        .ifPresent(nearest -> warnings.add("Setting " + Shown.text(name)
                                + " is not known, and does nothing. Did you mean '" + nearest + "'?"));
            }
        }
        return warnings;
    }

    /**
     * The nearest one of those whose first word, such as {@code REDIS}, is the same or nearly so; else one that is longer by
     * words that were forgotten.
     */
    private Optional<String> meant(String name) {
        String rest = rest(name);
        List<String> words =
                rests(each -> true).stream().map(UnknownSettings::firstWord).toList();
        List<String> near = NearestNames.of(firstWord(rest), words, 1);
        String tail =
                near.isEmpty() ? "_" + rest : rest.substring(firstWord(rest).length());
        return NearestNames.of(rest, rests(each -> near.contains(firstWord(each))), 1).stream()
                .findFirst()
                .or(() -> rests(each -> tail.length() > 1 && each.endsWith(tail)).stream()
                        .findFirst())
                .map(PREFIX::concat);
    }

    private List<String> rests(Predicate<String> which) {
        return known.stream()
                .filter(each -> each.startsWith(PREFIX))
                .map(UnknownSettings::rest)
                .filter(which)
                .sorted()
                .toList();
    }

    private static String rest(String name) {
        return name.substring(Math.min(PREFIX.length(), name.length()));
    }

    private static String firstWord(String rest) {
        int end = rest.indexOf('_');
        return end < 0 ? rest : rest.substring(0, end);
    }
}
