package dev.carillon.bus.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps others from taking over the messages that we hold, by telling Redis that they count as just delivered. */
final class Renewal {

    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);
    private static final int MOST_AT_ONCE = 1000;

    private final GroupScope scope;
    private final Duration every;

    /** Often enough that two renewals may come late. */
    Renewal(GroupScope scope) {
        this.scope = scope;
        this.every = scope.options().claimAfter().dividedBy(4);
    }

    /** How often to look. */
    Duration every() {
        return every;
    }

    void renew(TopicState topic) {
        List<String> ids = untold(topic);
        while (!ids.isEmpty()) {
            Set<String> renewed = new HashSet<>();
            for (Object id : scope.link()
                    .ask(
                            scope.asked("renew messages of", topic),
                            scope.commands().renew(topic.name(), ids))) {
                renewed.add(new String((byte[]) id, UTF_8));
            }
            topic.held().heard(ids, System.nanoTime());
            if (renewed.size() < ids.size()) {
                List<String> gone = new ArrayList<>(ids);
                gone.removeAll(renewed);
                topic.held().forget(gone);
                LOG.warn(
                        "{} messages in work are no longer pending in topic {} of group {} ({} to {}): it was trimmed, or"
                                + " another client acknowledged them. They are lost if this process ends before it is done"
                                + " with them",
                        gone.size(),
                        topic.name(),
                        scope.group(),
                        gone.get(0),
                        gone.get(gone.size() - 1));
            }
            ids = untold(topic);
        }
    }

    private List<String> untold(TopicState topic) {
        return topic.held().heardUntil(System.nanoTime() - every.toNanos(), MOST_AT_ONCE);
    }
}
