package dev.carillon.bus.redis;

import dev.carillon.bus.transport.GroupIncident.Kind;
import dev.carillon.bus.transport.TransportException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates groups that do not exist; never moves one that does. */
final class GroupCreator {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCreator.class);

    private final ConsumerContext context;
    private final GroupStateStore stateStore;

    GroupCreator(ConsumerContext context, GroupStateStore stateStore) {
        this.context = context;
        this.stateStore = stateStore;
    }

    /** Makes sure that the group exists on each topic. A new group starts where the options say. */
    void ensureExists(List<TopicState> topics) {
        for (TopicState topic : topics) {
            if (!topic.isJoined()) {
                if (create(topic, context.start(topic))) {
                    topic.incidents().groupCreated();
                    LOG.info(
                            "Group {} created on topic {} ({})",
                            context.group(),
                            topic.name(),
                            context.options().startDescription());
                    if (clearState(topic)) {
                        reportRecreated(
                                topic,
                                "at the start for new groups, "
                                        + context.options().startDescription());
                    }
                } else {
                    topic.incidents().groupFound();
                }
                topic.joined();
            }
        }
    }

    /**
     * Creates the group again after a topic was emptied or the group was removed: at the start of the topic, so that it misses
     * nothing that was added since.
     */
    void recreate(List<TopicState> topics) {
        for (TopicState topic : topics) {
            if (create(topic, StreamId.ZERO.toString())) {
                String lastPosition = topic.incidents().describeLastPosition();
                topic.incidents().groupCreated();
                topic.inFlight().markAllGone();
                clearState(topic);
                reportRecreated(topic, "at the oldest message in the topic" + lastPosition);
            } else {
                topic.incidents().groupRecreatedByOther();
            }
        }
    }

    /** Clears the stored state, which is that of the old group. Returns whether there was any. */
    private boolean clearState(TopicState topic) {
        return !context.options().sharing() && stateStore.clear(topic);
    }

    private void reportRecreated(TopicState topic, String start) {
        context.report(
                Kind.GROUP_RECREATED,
                topic,
                -1,
                "the group or its topic was gone; the group was created again " + start);
    }

    private boolean create(TopicState topic, String start) {
        try {
            context.redis()
                    .execute(
                            context.operation("create a group on", topic),
                            context.commands().createGroup(topic.name(), start));
            return true;
        } catch (TransportException e) {
            if (RedisExceptionTranslator.serverError(e).startsWith("BUSYGROUP")) {
                return false;
            }
            throw e;
        }
    }
}
