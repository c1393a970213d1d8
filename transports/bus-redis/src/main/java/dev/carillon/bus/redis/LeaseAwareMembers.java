package dev.carillon.bus.redis;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * The consumers of a group that respect leases: they stop reading when they lose theirs. The Python consumer and members that
 * share the group's work do not. A generated name shows it by its prefix; a configured name is recorded in the group's state.
 */
final class LeaseAwareMembers {

    /** The prefix of generated names of consumers that respect leases. */
    static final String GENERATED_PREFIX = "carillon-leased-";

    private final Set<String> configured = new ConcurrentSkipListSet<>();

    LeaseAwareMembers(String self) {
        configured.add(self);
    }

    /** Adds the members that are recorded in the fields of a group's state. */
    void addFrom(Collection<String> stateFields) {
        stateFields.stream()
                .filter(field -> field.startsWith(LeaseCommands.MEMBER_PREFIX))
                .map(field -> field.substring(LeaseCommands.MEMBER_PREFIX.length()))
                .forEach(configured::add);
    }

    boolean respectsLeases(String consumer) {
        return consumer.startsWith(GENERATED_PREFIX) || configured.contains(consumer);
    }

    /** The names of those members that do not respect leases. */
    Set<String> leaseUnaware(List<GroupInspector.Member> members) {
        Set<String> unaware = new TreeSet<>();
        members.stream()
                .map(GroupInspector.Member::name)
                .filter(name -> !respectsLeases(name))
                .forEach(unaware::add);
        return unaware;
    }
}
