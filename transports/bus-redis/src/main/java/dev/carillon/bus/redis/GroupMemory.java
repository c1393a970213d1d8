package dev.carillon.bus.redis;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one member with the lease leaves for the next: who knows leases, where the group stood, and what it was given. */
final class GroupMemory {

    /** The state's field for whose the messages in work were: a member may have had the lease, and have ended before it read. */
    private static final String PENDING_OF = "pending-of";

    private final GroupScope scope;
    private final LeaseCommands commands;
    private final LostEntries lost;

    GroupMemory(GroupScope scope, LeaseCommands commands, LostEntries lost) {
        this.scope = scope;
        this.commands = commands;
        this.lost = lost;
    }

    /** We read this topic from now on, and another member did before. */
    void recall(TopicState topic, Grant grant) {
        Map<String, Object> state = state(topic);
        scope.members().learn(state.keySet());
        boolean orderly = grant.before().equals(GroupView.text(state.get(LeaseCommands.RELEASED)));
        topic.watch().sole().inherit(state, orderly);
        String before = LeaseCommands.consumerOf(grant.before());
        if (!orderly && before.equals(GroupView.text(state.get(PENDING_OF)))) {
            tellIfRemoved(topic, before, GroupView.text(state.get(TopicState.PENDING)));
        }
    }

    /**
     * Also where that was this one under the same name: whoever reads again is a consumer of the group again, too. Not where it gave
     * its lease back: then it may have finished everything since it looked last, and have removed itself.
     */
    private void tellIfRemoved(TopicState topic, String consumer, String pending) {
        if (!pending.isEmpty() && !pending.equals("0")) {
            lost.tellIfRemoved(topic, consumer, pending);
        }
    }

    private Map<String, Object> state(TopicState topic) {
        return GroupView.fields(
                scope.link().ask(scope.asked("tell the state of", topic), commands.state(topic.name())));
    }

    /**
     * The group has been made anew: what is noted of the old one is no longer true.
     *
     * @return whether anything was
     */
    boolean forget(TopicState topic) {
        if (GroupView.text(state(topic).get(SoleReader.POSITION)).isEmpty()) {
            return false;
        }
        note(topic, Map.of(SoleReader.POSITION, "", SoleReader.GIVEN, "", TopicState.PENDING, "0"));
        return true;
    }

    private void note(TopicState topic, Map<String, String> state) {
        scope.link().ask(scope.asked("note the state of", topic), commands.remember(topic.name(), state));
    }

    /** Notes where the group stands, if that is new. */
    void note(TopicState topic) {
        @Nullable Grant grant = topic.grant();
        Map<String, String> state = grant != null && grant.isValid(System.nanoTime()) ? topic.toRemember() : Map.of();
        if (!state.isEmpty()) {
            Map<String, String> noted = new LinkedHashMap<>(state);
            noted.put(PENDING_OF, scope.options().consumer());
            note(topic, noted);
            topic.remembered(state);
        }
    }
}
