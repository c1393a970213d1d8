package dev.carillon.credentials.rest;

import dev.carillon.credentials.credential.Certificates;
import dev.carillon.credentials.credential.CourseCertificate;
import dev.carillon.credentials.credential.Credential;
import dev.carillon.credentials.credential.CredentialDetails;
import dev.carillon.credentials.credential.Credentials;
import dev.carillon.credentials.credential.Origin;
import dev.carillon.credentials.credential.ProgramCertificate;
import dev.carillon.credentials.credential.Status;
import dev.carillon.credentials.internal.Times;
import dev.carillon.credentials.learner.Learner;
import dev.carillon.credentials.learner.Learners;
import dev.carillon.credentials.security.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What calls change, each in one transaction. A call counts with the time of its arrival: it states what is so then. */
@Service
class CredentialCalls {

    private final Learners learners;
    private final Certificates certificates;
    private final Credentials credentials;
    private final CredentialDetails details;
    private final Clock clock;
    private final boolean acceptsPending;

    CredentialCalls(
            Learners learners,
            Certificates certificates,
            Credentials credentials,
            CredentialDetails details,
            Clock clock,
            @Value("${CREDENTIALS_ACCEPT_PENDING_AWARDS:true}") boolean acceptsPending) {
        this.learners = learners;
        this.certificates = certificates;
        this.credentials = credentials;
        this.details = details;
        this.clock = clock;
        this.acceptsPending = acceptsPending;
    }

    /** Reads the field {@code status}; null if it is missing or wrong, which the body notes. */
    static @Nullable Status status(Body body) {
        String text = body.text("status");
        if (text == null) {
            if (body.isNull("status")) {
                body.problem("status", Body.NOT_NULL);
            }
            return null;
        }
        try {
            return Status.of(text);
        } catch (IllegalArgumentException e) {
            body.problem("status", "\"" + text + "\" is not a valid choice.");
            return null;
        }
    }

    /**
     * Awards or revokes what the body names; returns the identity of the credential.
     *
     * @throws InvalidFieldsException with everything that is wrong; nothing has changed then
     */
    @Transactional
    UUID upsert(Body body, Caller caller) {
        Instant arrival = Times.now(clock);
        @Nullable String username = body.requiredText("username");
        @Nullable Long lmsUserId = body.number("lms_user_id");
        @Nullable Status given = status(body);
        Status status = given == null ? Status.AWARDED : given;
        Map<String, String> attributes = attributes(body);
        @Nullable Instant dateOverride = dateOverride(body);
        @Nullable Body which = body.requiredObject("credential");
        Target target = which == null ? Target.NONE : target(which);
        if (which != null && !which.problems().isEmpty()) {
            body.problem("credential", which.problems());
        } else if (which != null && target.equals(Target.NONE)) {
            body.problem("credential", "Credential identifier is missing.");
        }
        body.check();
        if (username == null) {
            throw new IllegalStateException("check() accepted a body without username");
        }
        Learner learner = learners.lock(lmsUserId, username);
        Credential credential = state(learner, target, status, Origin.call(caller.username(), arrival));
        if (target.courseRun() != null) {
            details.setDateOverride(credential, dateOverride);
        }
        details.setAttributes(credential, attributes);
        return credential.uuid();
    }

    private Credential state(Learner learner, Target target, Status status, Origin origin) {
        if (target.program() != null) {
            return credentials.state(learner, target.program(), status, origin);
        }
        if (target.courseRun() == null || target.mode() == null) {
            throw new IllegalStateException("check() accepted a body without a certificate");
        }
        CourseCertificate certificate = certificates.ofCourseRun(target.courseRun(), target.mode());
        return credentials.state(learner, certificate, status, origin);
    }

    /** Which certificate a call means: that of a program, or one of a course run. */
    private record Target(
            @Nullable ProgramCertificate program,
            @Nullable String courseRun,
            @Nullable String mode) {

        static final Target NONE = new Target(null, null, null);
    }

    private Target target(Body which) {
        if (which.raw("program_uuid") != null) {
            UUID uuid = which.uuid("program_uuid");
            return uuid == null ? Target.NONE : new Target(program(which, uuid), null, null);
        }
        @Nullable String courseRun = CourseRunKeys.read(which, "course_run_key");
        if (courseRun == null) {
            return Target.NONE;
        }
        @Nullable String mode = which.text("mode");
        return new Target(null, courseRun, mode == null ? onlyType(which, courseRun) : mode);
    }

    private @Nullable ProgramCertificate program(Body which, UUID uuid) {
        Optional<ProgramCertificate> found =
                acceptsPending ? certificates.ofProgram(uuid) : certificates.findOfProgram(uuid);
        if (found.isEmpty() || !(found.get().active() || acceptsPending)) {
            which.plainProblem("program_uuid", "No active ProgramCertificate exists for program [" + uuid + "]");
            return null;
        }
        return found.get();
    }

    /** The type of certificate of a course run that has one type only: then a call may leave it out. */
    private @Nullable String onlyType(Body which, String courseRun) {
        List<String> types = certificates.typesOf(courseRun);
        if (types.size() == 1) {
            return types.get(0);
        }
        which.plainProblem("mode", Body.REQUIRED);
        return null;
    }

    private static Map<String, String> attributes(Body body) {
        Map<String, String> attributes = new LinkedHashMap<>();
        Object value = body.raw("attributes");
        if (value == null) {
            return attributes;
        }
        if (!(value instanceof List<?> list)) {
            body.problem("attributes", "Expected a list of items.");
            return attributes;
        }
        for (Object each : list) {
            if (!(each instanceof Map<?, ?> attribute)
                    || !(attribute.get("name") instanceof String name)
                    || attribute.get("value") == null) {
                body.problem("attributes", "Each attribute needs a name and a value.");
            } else if (attributes.put(name, attribute.get("value").toString()) != null) {
                body.problem("attributes", "Attribute names cannot be duplicated.");
            }
        }
        return attributes;
    }

    private static @Nullable Instant dateOverride(Body body) {
        Body override = body.object("date_override");
        if (override == null) {
            return null;
        }
        Instant date = override.time("date");
        if (date == null && override.problems().isEmpty()) {
            override.problem("date", Body.REQUIRED);
        }
        if (!override.problems().isEmpty()) {
            body.problem("date_override", override.problems());
        }
        return date;
    }

    /** Changes the status of a credential that exists. */
    @Transactional
    void setStatus(UUID uuid, Status status, Caller caller) {
        credentials.state(uuid, status, Origin.call(caller.username(), Times.now(clock)));
    }
}
