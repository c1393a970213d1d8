package dev.carillon.bus.redis;

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

    /** When entries were lost that are not lost yet for those who have them in memory. */
    static final String LOST_AT_WORK =
            "while this member holds them: they are handled if it lives, and cannot be delivered again";

    private final GroupScope scope;
    private final LostEntries lost;
    private final Duration every;

    /** Often enough that two renewals may come late. */
    Renewal(GroupScope scope, LostEntries lost) {
        this.scope = scope;
        this.lost = lost;
        this.every = scope.options().claimAfter().dividedBy(4);
    }

    /** How often to look. */
    Duration every() {
        return every;
    }

    /** Renews those that it is time for. */
    void renew(TopicState topic) {
        renew(topic, System.nanoTime() - every.toNanos());
    }

    /** Renews all of them. */
    void renewAll(TopicState topic) {
        renew(topic, System.nanoTime());
    }

    private void renew(TopicState topic, long heardUntil) {
        List<String> ids = topic.held().heardUntil(heardUntil, MOST_AT_ONCE);
        while (!ids.isEmpty()) {
            Set<String> renewed = new HashSet<>();
            for (Object id : scope.link()
                    .ask(
                            scope.asked("renew messages of", topic),
                            scope.options().sharing()
                                    ? scope.commands().renew(topic.name(), ids)
                                    : scope.commands().renewOrRestore(topic.name(), ids))) {
                renewed.add(GroupView.text(id));
            }
            topic.held().heard(ids, System.nanoTime());
            if (renewed.size() < ids.size()) {
                List<String> gone = new ArrayList<>(ids);
                gone.removeAll(renewed);
                topic.held().forget(gone);
                tellGone(topic, gone);
            }
            ids = topic.held().heardUntil(heardUntil, MOST_AT_ONCE);
        }
    }

    private void tellGone(TopicState topic, List<String> gone) {
        int lostNow = lost.tell(topic, gone, LOST_AT_WORK).size();
        if (lostNow < gone.size()) {
            LOG.warn(
                    "{} messages in work are no longer pending in topic {} of group {} ({} to {}): another client"
                            + " acknowledged them. They do not come again if this process ends before it is done with them",
                    gone.size() - lostNow,
                    topic.name(),
                    scope.group(),
                    gone.get(0),
                    gone.get(gone.size() - 1));
        }
    }
}
