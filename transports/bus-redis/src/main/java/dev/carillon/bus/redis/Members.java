package dev.carillon.bus.redis;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Which consumers of a group know of leases: those stop when they lose theirs. The Python consumer, and members that share the
 * group's work, do not. A member whose name was made up shows it by its name; one with a given name is in the group's state.
 */
final class Members {

    /** Made-up names of members that know of leases begin so. */
    static final String LEASED_NAME = "carillon-leased-";

    private final Set<String> named = new ConcurrentSkipListSet<>();

    Members(String self) {
        named.add(self);
    }

    /** Takes the names in the fields of a group's state. */
    void learn(Collection<String> stateFields) {
        stateFields.stream()
                .filter(field -> field.startsWith(LeaseCommands.MEMBER))
                .map(field -> field.substring(LeaseCommands.MEMBER.length()))
                .forEach(named::add);
    }

    boolean knowsLeases(String consumer) {
        return consumer.startsWith(LEASED_NAME) || named.contains(consumer);
    }

    /** Those of these members that know of no leases. */
    Set<String> strangers(List<GroupLook.Member> alive) {
        Set<String> strangers = new TreeSet<>();
        alive.stream()
                .map(GroupLook.Member::name)
                .filter(name -> !knowsLeases(name))
                .forEach(strangers::add);
        return strangers;
    }
}
