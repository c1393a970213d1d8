package dev.carillon.rig.breakage;

import dev.carillon.rig.fault.Breakable;
import dev.carillon.rig.fault.Kind;
import dev.carillon.rig.judge.Damage;
import dev.carillon.rig.role.Roles;
import dev.carillon.rig.server.RoleProcess;
import dev.carillon.rig.server.TopicDamage;
import dev.carillon.rig.server.TopicDamage.Lost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * The broker loses messages: the oldest ones are trimmed, or the topic is deleted and made anew. Notes what was lost, which is
 * then no fault of the bus; that nobody was told of it, or of another number, is one.
 */
public final class TopicFaults implements Breakable {

    /** How often a topic is trimmed while consumers read it. */
    private static final int TRIMS = 8;

    private static final Set<String> TRIMMED = Set.of("TRIMMED", "PENDING_LOST");
    private static final Set<String> MADE_ANEW = Set.of("GROUP_RECREATED", "MOVED_BACK", "PENDING_LOST");

    private static final Duration BETWEEN_TRIMS = Duration.ofMillis(400);

    /** What a service that was stopped has under way arrives by then. */
    private static final Duration SETTLING = Duration.ofSeconds(1);

    private final TopicDamage broker;
    private final List<RoleProcess> relays;
    private final Members consumers;
    private final DamageLog log;

    /** Of the topic of the trial. */
    public TopicFaults(TopicDamage broker, List<RoleProcess> relays, Members consumers, DamageLog log) {
        this.broker = broker;
        this.relays = List.copyOf(relays);
        this.consumers = consumers;
        this.log = log;
    }

    @Override
    public void breakBy(Kind kind) {
        if (kind == Kind.TOPIC_ANEW) {
            makeAnew();
        } else if (broker.trimsUnderReaders()) {
            consumers.pause();
        } else {
            consumers.stopTogether();
        }
    }

    /** The relays go on beside consumers that are paused: the new topic holds events before these see it. */
    private void makeAnew() {
        relays.forEach(RoleProcess::pause);
        consumers.pause();
        LockSupport.parkNanos(SETTLING.toNanos());
        try {
            Lost lost = broker.makeAnew(Roles.TOPIC, Roles.GROUP);
            log.note(new Damage("topic made anew", lost.unread(), lost.given(), false, MADE_ANEW));
        } finally {
            relays.forEach(RoleProcess::resume);
        }
    }

    @Override
    public void mend(Kind kind) {
        if (kind == Kind.TOPIC_ANEW) {
            broker.outgrow(Roles.TOPIC);
            consumers.resume();
        } else if (broker.trimsUnderReaders()) {
            trimWhileTheyRead();
        } else {
            Lost lost = broker.trim(Roles.TOPIC, Roles.GROUP);
            log.note(new Damage("topic trimmed", lost.unread(), lost.given(), true, TRIMMED));
            consumers.start();
        }
    }

    private void trimWhileTheyRead() {
        List<String> unread = new ArrayList<>();
        List<String> given = new ArrayList<>();
        for (int i = 0; i < TRIMS; i++) {
            if (i == TRIMS / 2) {
                consumers.resume();
            }
            Lost lost = broker.trim(Roles.TOPIC, Roles.GROUP);
            unread.addAll(lost.unread());
            given.addAll(lost.given());
            LockSupport.parkNanos(BETWEEN_TRIMS.toNanos());
        }
        log.note(new Damage("topic trimmed " + TRIMS + " times", unread, given, true, TRIMMED));
    }
}
