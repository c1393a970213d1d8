package dev.carillon.credentials.learner;

import dev.carillon.credentials.internal.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds learners by the LMS's user id, then by username, then by a former username; creates those that are unknown.
 *
 * <p>Whatever changes a learner's credentials locks the learner first: so it sees all that was committed before, and never waits for
 * a transaction that waits for it.
 */
@Repository
public class Learners {

    private static final String SELECT =
            "SELECT id, username, lms_user_id, email, full_name, is_active, profile_time FROM learner WHERE ";

    private final JdbcClient database;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Learners(JdbcClient database, ApplicationEventPublisher events, Clock clock) {
        this.database = database;
        this.events = events;
        this.clock = clock;
    }

    /** Finds a learner by the username of today; does not lock. */
    public Optional<Learner> find(String username) {
        return Optional.ofNullable(select("username = ?", username));
    }

    /**
     * Returns the learner that an event is about, locked, with what the event says if that is newer.
     *
     * @throws UsernameTakenException when the username belongs to a learner with another LMS user id
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Learner lock(Profile profile) {
        Learner learner = lock(profile.lmsUserId(), profile.username());
        return learner.profileTime() == null || learner.profileTime().isBefore(profile.time())
                ? refresh(learner, profile)
                : learner;
    }

    /**
     * Returns the learner whom a call names, locked.
     *
     * @param lmsUserId null if the call does not contain it
     * @throws UsernameTakenException when the username belongs to a learner with another LMS user id
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Learner lock(@Nullable Long lmsUserId, String username) {
        @Nullable Learner learner = lmsUserId == null ? null : select("lms_user_id = ? FOR UPDATE", lmsUserId);
        if (learner == null) {
            learner = byName(username);
        }
        if (learner == null) {
            create(username);
            learner = byName(username);
        }
        if (learner == null) {
            throw new IllegalStateException("A learner who was just created does not exist");
        }
        return lmsUserId == null || lmsUserId.equals(learner.lmsUserId()) ? learner : identify(learner, lmsUserId);
    }

    /** Returns the learner of this number, locked. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Learner lock(long id) {
        @Nullable Learner learner = select("id = ? FOR UPDATE", id);
        if (learner == null) {
            throw new IllegalStateException("There is no learner " + id);
        }
        return learner;
    }

    private @Nullable Learner byName(String username) {
        @Nullable Learner learner = select("username = ? FOR UPDATE", username);
        return learner != null
                ? learner
                : select("id = (SELECT learner_id FROM former_username WHERE username = ?) FOR UPDATE", username);
    }

    private void create(String username) {
        database.sql("INSERT INTO learner (username, created) VALUES (?, ?) ON CONFLICT DO NOTHING")
                .param(username)
                .param(Times.parameter(Times.now(clock)))
                .update();
    }

    private Learner identify(Learner learner, long lmsUserId) {
        if (learner.lmsUserId() != null) {
            throw new UsernameTakenException(lmsUserId, learner);
        }
        database.sql("UPDATE learner SET lms_user_id = ? WHERE id = ?")
                .param(lmsUserId)
                .param(learner.id())
                .update();
        Learner identified = new Learner(
                learner.id(),
                learner.username(),
                lmsUserId,
                learner.email(),
                learner.fullName(),
                learner.active(),
                learner.profileTime());
        events.publishEvent(new LearnerIdentified(identified));
        return identified;
    }

    private Learner refresh(Learner learner, Profile profile) {
        database.sql("UPDATE learner SET email = ?, full_name = ?, is_active = ?, profile_time = ? WHERE id = ?")
                .param(profile.email())
                .param(profile.fullName())
                .param(profile.active())
                .param(Times.parameter(profile.time()))
                .param(learner.id())
                .update();
        return new Learner(
                learner.id(),
                learner.username(),
                learner.lmsUserId(),
                profile.email(),
                profile.fullName(),
                profile.active(),
                profile.time());
    }

    /**
     * Gives a learner another username. Late events and calls with the old one still find the learner.
     *
     * @return false if nobody has the old name, and nothing changed
     * @throws IllegalStateException when somebody has the new one
     */
    @Transactional
    public boolean rename(String from, String to) {
        @Nullable Learner learner = select("username = ? FOR UPDATE", from);
        if (learner == null) {
            return false;
        }
        if (find(to).isPresent()) {
            throw new IllegalStateException("The new username belongs to another learner");
        }
        Instant now = Times.now(clock);
        database.sql("DELETE FROM former_username WHERE username IN (?, ?)")
                .param(from)
                .param(to)
                .update();
        database.sql("UPDATE learner SET username = ? WHERE id = ?")
                .param(to)
                .param(learner.id())
                .update();
        database.sql("INSERT INTO former_username (username, learner_id, renamed) VALUES (?, ?, ?)")
                .param(from)
                .param(learner.id())
                .param(Times.parameter(now))
                .update();
        return true;
    }

    private @Nullable Learner select(String condition, Object value) {
        return database.sql(SELECT + condition)
                .param(value)
                .query((row, number) -> read(row))
                .optional()
                .orElse(null);
    }

    private static Learner read(ResultSet row) throws SQLException {
        return new Learner(
                row.getLong("id"),
                row.getString("username"),
                row.getObject("lms_user_id", Long.class),
                row.getString("email"),
                row.getString("full_name"),
                row.getBoolean("is_active"),
                Times.nullable(row, "profile_time"));
    }
}
