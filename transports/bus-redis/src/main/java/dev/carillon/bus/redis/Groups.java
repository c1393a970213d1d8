package dev.carillon.bus.redis;

import dev.carillon.bus.transport.GroupIncident.Kind;
import dev.carillon.bus.transport.TransportException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes groups where there are none; never moves one that exists. */
final class Groups {

    private static final Logger LOG = LoggerFactory.getLogger(Groups.class);

    private final GroupScope scope;
    private final GroupMemory memory;

    Groups(GroupScope scope, GroupMemory memory) {
        this.scope = scope;
        this.memory = memory;
    }

    /** Makes the group where the options say, for topics that have none yet. */
    void join(List<TopicState> topics) {
        for (TopicState topic : topics) {
            if (!topic.isJoined()) {
                if (create(topic, scope.start(topic))) {
                    topic.watch().made();
                    LOG.info(
                            "Made group {} on topic {} ({})",
                            scope.group(),
                            topic.name(),
                            scope.options().wish());
                    if (forget(topic)) {
                        tellRecreated(
                                topic,
                                "where new ones begin, " + scope.options().wish());
                    }
                } else {
                    topic.watch().found();
                }
                topic.joined();
            }
        }
    }

    /** A topic was emptied, or the group removed: makes it anew from the start, so that nothing that came since is missed. */
    void makeAgain(List<TopicState> topics) {
        for (TopicState topic : topics) {
            if (create(topic, StreamId.ZERO.toString())) {
                String standing = topic.watch().standing();
                topic.watch().made();
                topic.held().forgetAll();
                forget(topic);
                tellRecreated(topic, "at the oldest message that there is" + standing);
            } else {
                topic.watch().gone();
            }
        }
    }

    /** What is remembered is of the group that is gone; answers whether there was one. */
    private boolean forget(TopicState topic) {
        return !scope.options().sharing() && memory.forget(topic);
    }

    private void tellRecreated(TopicState topic, String start) {
        scope.tell(Kind.GROUP_RECREATED, topic, -1, "the group or its topic was gone; the group begins anew " + start);
    }

    private boolean create(TopicState topic, String start) {
        try {
            scope.link()
                    .ask(scope.asked("make a group on", topic), scope.commands().createGroup(topic.name(), start));
            return true;
        } catch (TransportException e) {
            if (RedisFailure.answered(e).startsWith("BUSYGROUP")) {
                return false;
            }
            throw e;
        }
    }
}
