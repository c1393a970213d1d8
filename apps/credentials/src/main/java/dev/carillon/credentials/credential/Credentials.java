package dev.carillon.credentials.credential;

import dev.carillon.credentials.credential.CredentialTable.Kind;
import dev.carillon.credentials.internal.Times;
import dev.carillon.credentials.learner.Learner;
import dev.carillon.credentials.learner.Learners;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The one place where credentials change, whatever causes it: an event, a call, a page, a command or a rule. The newest statement
 * about a credential counts, by the time when what it states happened. Each statement is added to the history, and each transition
 * of a program's credential is published, in the caller's transaction.
 */
@Service
public class Credentials {

    private final Learners learners;
    private final Certificates certificates;
    private final CredentialTable table;
    private final ProgramEvents events;
    private final ProgramRule rule;
    private final VisibleDates visibleDates;
    private final Clock clock;

    Credentials(
            Learners learners,
            Certificates certificates,
            CredentialTable table,
            ProgramEvents events,
            ProgramRule rule,
            VisibleDates visibleDates,
            Clock clock) {
        this.learners = learners;
        this.certificates = certificates;
        this.table = table;
        this.events = events;
        this.rule = rule;
        this.visibleDates = visibleDates;
        this.clock = clock;
    }

    /**
     * States that a learner has a course certificate, or no longer.
     *
     * @param learner locked by this transaction
     * @return the credential now, which a newer statement may have decided
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Credential state(Learner learner, CourseCertificate certificate, Status status, Origin origin) {
        Instant now = Times.now(clock);
        Change change = apply(
                learner,
                Kind.COURSE,
                certificate.id(),
                status,
                origin,
                certificate.availableDate() == null ? now : certificate.availableDate(),
                now);
        table.addHistory(change, status, origin, Publication.NONE, now);
        if (certificate.partOfProgram() && change.isTransition()) {
            visibleDates.updatePrograms(learner, certificate);
            rule.programs(learner, certificate, change.after().status())
                    .forEach(each -> state(learner, each.certificate(), each.status(), origin.rule(each.since())));
        }
        return change.after();
    }

    /**
     * States that a learner has the certificate of a program, or no longer.
     *
     * @param learner locked by this transaction
     * @return the credential now, which a newer statement may have decided
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Credential state(Learner learner, ProgramCertificate certificate, Status status, Origin origin) {
        Instant now = Times.now(clock);
        @Nullable Instant visible = visibleDates.ofProgram(learner, certificate).orElse(null);
        Change change = apply(learner, Kind.PROGRAM, certificate.id(), status, origin, visible, now);
        Publication publication = events.plan(learner, change);
        table.addHistory(change, status, origin, publication, now);
        if (publication == Publication.DONE) {
            events.publish(learner, certificate.program(), change.after());
        }
        return change.after();
    }

    /**
     * States what has become of a credential that exists. Locks its learner.
     *
     * @throws IllegalArgumentException when it does not exist
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Credential state(UUID uuid, Status status, Origin origin) {
        CredentialTable.Reference found =
                table.reference(uuid).orElseThrow(() -> new IllegalArgumentException("There is no credential " + uuid));
        Learner learner = learners.lock(found.learnerId());
        return found.kind() == Kind.COURSE
                ? state(learner, certificates.ofCourseRun(found.certificateId()), status, origin)
                : state(learner, certificates.ofProgram(found.certificateId()), status, origin);
    }

    private Change apply(
            Learner learner,
            Kind kind,
            long certificateId,
            Status status,
            Origin origin,
            @Nullable Instant visibleDate,
            Instant now) {
        Optional<Credential> found = table.find(learner, kind, certificateId);
        if (found.isEmpty()) {
            return new Change(
                    null, table.insert(learner, kind, certificateId, status, origin.sourceTime(), visibleDate, now));
        }
        Credential before = found.get();
        if (origin.sourceTime().isBefore(before.sourceTime())) {
            return new Change(before, before);
        }
        Credential after =
                before.with(status, origin.sourceTime(), status == before.status() ? before.modified() : now);
        table.update(after);
        return new Change(before, after);
    }
}
