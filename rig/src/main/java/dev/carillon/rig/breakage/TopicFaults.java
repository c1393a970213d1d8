package dev.carillon.rig.breakage;

import dev.carillon.rig.fault.Breakable;
import dev.carillon.rig.fault.Kind;
import dev.carillon.rig.judge.Damage;
import dev.carillon.rig.role.Roles;
import dev.carillon.rig.role.Tables;
import dev.carillon.rig.server.RoleProcess;
import dev.carillon.rig.server.TopicDamage;
import dev.carillon.rig.server.TopicDamage.Lost;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The broker loses messages: the oldest ones are trimmed, or the topic is deleted and made anew. Notes what was lost, which is
 * then no fault of the bus; that nobody was told of it, or of another number, is one.
 */
public final class TopicFaults implements Breakable {

    /** How often a topic is trimmed while consumers read it. */
    private static final int TRIMS = 8;

    private static final Duration BETWEEN_TRIMS = Duration.ofMillis(400);

    /** What a service that was stopped has under way arrives by then. */
    private static final Duration SETTLING = Duration.ofSeconds(1);

    private final TopicDamage broker;
    private final String databaseUrl;
    private final List<RoleProcess> relays;
    private final List<RoleProcess> consumers;
    private final List<Damage> damages = new ArrayList<>();

    /** Of the topic of the trial. */
    public TopicFaults(TopicDamage broker, String databaseUrl, List<RoleProcess> relays, List<RoleProcess> consumers) {
        this.broker = broker;
        this.databaseUrl = databaseUrl;
        this.relays = List.copyOf(relays);
        this.consumers = List.copyOf(consumers);
    }

    @Override
    public void breakBy(Kind kind) {
        if (kind == Kind.TOPIC_ANEW) {
            makeAnew();
        } else if (broker.trimsUnderReaders()) {
            consumers.forEach(RoleProcess::pause);
        } else {
            consumers.parallelStream().forEach(RoleProcess::stop);
        }
    }

    /** The relays go on beside consumers that are paused: the new topic holds events before these see it. */
    private void makeAnew() {
        relays.forEach(RoleProcess::pause);
        consumers.forEach(RoleProcess::pause);
        LockSupport.parkNanos(SETTLING.toNanos());
        try {
            Lost lost = broker.makeAnew(Roles.TOPIC, Roles.GROUP);
            note(new Damage("topic made anew", lost.unread(), lost.given(), false));
        } finally {
            relays.forEach(RoleProcess::resume);
        }
    }

    @Override
    public void mend(Kind kind) {
        if (kind == Kind.TOPIC_ANEW) {
            broker.outgrow(Roles.TOPIC);
            consumers.forEach(RoleProcess::resume);
        } else if (broker.trimsUnderReaders()) {
            trimWhileTheyRead();
        } else {
            Lost lost = broker.trim(Roles.TOPIC, Roles.GROUP);
            note(new Damage("topic trimmed", lost.unread(), lost.given(), true));
            consumers.forEach(RoleProcess::start);
        }
    }

    private void trimWhileTheyRead() {
        List<String> unread = new ArrayList<>();
        List<String> given = new ArrayList<>();
        for (int i = 0; i < TRIMS; i++) {
            if (i == TRIMS / 2) {
                consumers.forEach(RoleProcess::resume);
            }
            Lost lost = broker.trim(Roles.TOPIC, Roles.GROUP);
            unread.addAll(lost.unread());
            given.addAll(lost.given());
            LockSupport.parkNanos(BETWEEN_TRIMS.toNanos());
        }
        note(new Damage("topic trimmed " + TRIMS + " times", unread, given, true));
    }

    private void note(Damage damage) {
        damages.add(damage);
        try {
            Tables.addGone(databaseUrl, damage.unread());
            Tables.addGone(databaseUrl, damage.given());
        } catch (SQLException e) {
            throw new IllegalStateException("The database is away while nothing is broken", e);
        }
    }

    /** What was lost. Told when the storm is over. */
    public List<Damage> damages() {
        return List.copyOf(damages);
    }
}
