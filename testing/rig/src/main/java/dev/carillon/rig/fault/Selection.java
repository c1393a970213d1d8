package dev.carillon.rig.fault;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a run has of all that it could have, by the names of {@link Kind#option} and {@link Trait#option}.
 *
 * @param only these; empty: all
 * @param without not these
 */
public record Selection(List<String> only, List<String> without) {

    /** Everything. */
    public static final Selection ALL = new Selection(List.of(), List.of());

    /**
     * Checks the names.
     *
     * @throws IllegalArgumentException when there is no such fault or trait
     */
    public Selection {
        only = List.copyOf(only);
        without = List.copyOf(without);
        Set<String> names = names();
        Stream.concat(only.stream(), without.stream())
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException(
                            "There is no fault or trait '" + name + "'; there are " + String.join(", ", names));
                });
    }

    /** What there is to choose from. */
    public static Set<String> names() {
        Set<String> names = new TreeSet<>();
        Arrays.stream(Kind.values()).map(Kind::option).forEach(names::add);
        Arrays.stream(Trait.values()).map(Trait::option).forEach(names::add);
        return names;
    }

    /** Whether the run has this fault. */
    public boolean has(Kind kind) {
        return has(kind.option());
    }

    /** Whether the run has this trait. */
    public boolean has(Trait trait) {
        return has(trait.option());
    }

    private boolean has(String name) {
        return (only.isEmpty() || only.contains(name)) && !without.contains(name);
    }

    /** The targets, with the kinds that are left. */
    public List<Target> of(List<Target> targets) {
        return targets.stream()
                .map(target -> new Target(
                        target.names(),
                        Set.copyOf(target.kinds().stream().filter(this::has).toList())))
                .filter(target -> !target.kinds().isEmpty())
                .toList();
    }

    /** As options of the command. */
    @Override
    public String toString() {
        return (only.isEmpty() ? "" : " --only " + String.join(",", only))
                + (without.isEmpty() ? "" : " --without " + String.join(",", without));
    }
}
