package dev.carillon.rig.fault;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The faults and variants of a run, by the names of {@link FaultKind#option} and {@link RunVariant#option}.
 *
 * @param only the selected ones; when empty, all
 * @param without the excluded ones
 */
public record Selection(List<String> only, List<String> without) {

    /** All faults and variants. */
    public static final Selection ALL = new Selection(List.of(), List.of());

    /**
     * Checks the names.
     *
     * @throws IllegalArgumentException when there is no fault or variant of a name
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
                            "There is no fault or variant '" + name + "'; there are " + String.join(", ", names));
                });
    }

    /** The names of all faults and variants. */
    public static Set<String> names() {
        Set<String> names = new TreeSet<>();
        Arrays.stream(FaultKind.values()).map(FaultKind::option).forEach(names::add);
        Arrays.stream(RunVariant.values()).map(RunVariant::option).forEach(names::add);
        return names;
    }

    /** Whether this fault is selected. */
    public boolean has(FaultKind kind) {
        return has(kind.option());
    }

    /** Whether this variant is selected. */
    public boolean has(RunVariant variant) {
        return has(variant.option());
    }

    private boolean has(String name) {
        return (only.isEmpty() || only.contains(name)) && !without.contains(name);
    }

    /** The targets with their selected faults; without those that have none. */
    public List<Target> of(List<Target> targets) {
        return targets.stream()
                .map(target -> new Target(
                        target.names(),
                        Set.copyOf(target.kinds().stream().filter(this::has).toList())))
                .filter(target -> !target.kinds().isEmpty())
                .toList();
    }

    /** The selection as options of the command. */
    @Override
    public String toString() {
        return (only.isEmpty() ? "" : " --only " + String.join(",", only))
                + (without.isEmpty() ? "" : " --without " + String.join(",", without));
    }
}
