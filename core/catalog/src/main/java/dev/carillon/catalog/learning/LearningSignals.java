package dev.carillon.catalog.learning;

import dev.carillon.events.Signal;
import java.util.List;

/**
 * What happens to learners and in their courses. Each signal is followed by its event type, its path in Python, and the
 * release of {@code openedx-events} that first put it on the bus; 0.10.0 is the first release with a bus.
 */
public final class LearningSignals {

    /**
     * A person registered: the account exists, though it may not be active yet. Sent by the LMS.
     *
     * <p>{@code org.openedx.learning.student.registration.completed.v1}<br>
     * {@code openedx_events.learning.signals.STUDENT_REGISTRATION_COMPLETED}, on the bus since 0.10.0
     */
    public static final Signal<UserData> STUDENT_REGISTRATION_COMPLETED = Signal.of(
                    "org.openedx.learning.student.registration.completed.v1", "user", UserData.class)
            .withPythonPath("openedx_events.learning.signals.STUDENT_REGISTRATION_COMPLETED");

    /**
     * A user logged in. Sent by the LMS.
     *
     * <p>{@code org.openedx.learning.auth.session.login.completed.v1}<br>
     * {@code openedx_events.learning.signals.SESSION_LOGIN_COMPLETED}, on the bus since 0.10.0
     */
    public static final Signal<UserData> SESSION_LOGIN_COMPLETED = Signal.of(
                    "org.openedx.learning.auth.session.login.completed.v1", "user", UserData.class)
            .withPythonPath("openedx_events.learning.signals.SESSION_LOGIN_COMPLETED");

    /**
     * A learner enrolled in a course run, or was enrolled by someone. Sent by the LMS.
     *
     * <p>{@code org.openedx.learning.course.enrollment.created.v1}<br>
     * {@code openedx_events.learning.signals.COURSE_ENROLLMENT_CREATED}, on the bus since 0.10.0
     */
    public static final Signal<CourseEnrollmentData> COURSE_ENROLLMENT_CREATED = Signal.of(
                    "org.openedx.learning.course.enrollment.created.v1", "enrollment", CourseEnrollmentData.class)
            .withPythonPath("openedx_events.learning.signals.COURSE_ENROLLMENT_CREATED");

    /**
     * An enrollment changed its mode, or became active or inactive; so unenrolling sends it too. Sent by the LMS.
     *
     * <p>{@code org.openedx.learning.course.enrollment.changed.v1}<br>
     * {@code openedx_events.learning.signals.COURSE_ENROLLMENT_CHANGED}, on the bus since 0.10.0
     */
    public static final Signal<CourseEnrollmentData> COURSE_ENROLLMENT_CHANGED = Signal.of(
                    "org.openedx.learning.course.enrollment.changed.v1", "enrollment", CourseEnrollmentData.class)
            .withPythonPath("openedx_events.learning.signals.COURSE_ENROLLMENT_CHANGED");

    /**
     * A learner is no longer enrolled in a course run. Sent by the LMS.
     *
     * <p>{@code org.openedx.learning.course.unenrollment.completed.v1}<br>
     * {@code openedx_events.learning.signals.COURSE_UNENROLLMENT_COMPLETED}, on the bus since 0.10.0
     */
    public static final Signal<CourseEnrollmentData> COURSE_UNENROLLMENT_COMPLETED = Signal.of(
                    "org.openedx.learning.course.unenrollment.completed.v1", "enrollment", CourseEnrollmentData.class)
            .withPythonPath("openedx_events.learning.signals.COURSE_UNENROLLMENT_COMPLETED");

    /**
     * A learner holds a course certificate: it was saved in a status that counts as passed. May come again for the same
     * certificate when it is saved again. Sent by the LMS.
     *
     * <p>{@code org.openedx.learning.certificate.created.v1}<br>
     * {@code openedx_events.learning.signals.CERTIFICATE_CREATED}, on the bus since 0.10.0
     */
    public static final Signal<CertificateData> CERTIFICATE_CREATED = Signal.of(
                    "org.openedx.learning.certificate.created.v1", "certificate", CertificateData.class)
            .withPythonPath("openedx_events.learning.signals.CERTIFICATE_CREATED");

    /**
     * A learner was awarded the certificate of a program. Sent by the Credentials service.
     *
     * <p>{@code org.openedx.learning.program.certificate.awarded.v1}<br>
     * {@code openedx_events.learning.signals.PROGRAM_CERTIFICATE_AWARDED}, on the bus since 8.4.0
     */
    public static final Signal<ProgramCertificateData> PROGRAM_CERTIFICATE_AWARDED = Signal.of(
                    "org.openedx.learning.program.certificate.awarded.v1",
                    "program_certificate",
                    ProgramCertificateData.class)
            .withPythonPath("openedx_events.learning.signals.PROGRAM_CERTIFICATE_AWARDED");

    /**
     * A course certificate was saved, in whatever status. Sent by the LMS.
     *
     * <p>{@code org.openedx.learning.certificate.changed.v1}<br>
     * {@code openedx_events.learning.signals.CERTIFICATE_CHANGED}, on the bus since 0.10.0
     */
    public static final Signal<CertificateData> CERTIFICATE_CHANGED = Signal.of(
                    "org.openedx.learning.certificate.changed.v1", "certificate", CertificateData.class)
            .withPythonPath("openedx_events.learning.signals.CERTIFICATE_CHANGED");

    /**
     * A course certificate was taken back; its status tells why. Sent by the LMS.
     *
     * <p>{@code org.openedx.learning.certificate.revoked.v1}<br>
     * {@code openedx_events.learning.signals.CERTIFICATE_REVOKED}, on the bus since 0.10.0
     */
    public static final Signal<CertificateData> CERTIFICATE_REVOKED = Signal.of(
                    "org.openedx.learning.certificate.revoked.v1", "certificate", CertificateData.class)
            .withPythonPath("openedx_events.learning.signals.CERTIFICATE_REVOKED");

    /**
     * A learner's program certificate was taken back. Sent by the Credentials service.
     *
     * <p>{@code org.openedx.learning.program.certificate.revoked.v1}<br>
     * {@code openedx_events.learning.signals.PROGRAM_CERTIFICATE_REVOKED}, on the bus since 8.4.0
     */
    public static final Signal<ProgramCertificateData> PROGRAM_CERTIFICATE_REVOKED = Signal.of(
                    "org.openedx.learning.program.certificate.revoked.v1",
                    "program_certificate",
                    ProgramCertificateData.class)
            .withPythonPath("openedx_events.learning.signals.PROGRAM_CERTIFICATE_REVOKED");

    /**
     * A learner was put into a cohort, or moved to another. Sent by the LMS.
     *
     * <p>{@code org.openedx.learning.cohort_membership.changed.v1}<br>
     * {@code openedx_events.learning.signals.COHORT_MEMBERSHIP_CHANGED}, on the bus since 0.10.0
     */
    public static final Signal<CohortData> COHORT_MEMBERSHIP_CHANGED = Signal.of(
                    "org.openedx.learning.cohort_membership.changed.v1", "cohort", CohortData.class)
            .withPythonPath("openedx_events.learning.signals.COHORT_MEMBERSHIP_CHANGED");

    /**
     * The discussions of a course run were set up anew, as happens when the course is published. Sent by Studio.
     *
     * <p>{@code org.openedx.learning.discussions.configuration.changed.v1}<br>
     * {@code openedx_events.learning.signals.COURSE_DISCUSSIONS_CHANGED}, on the bus since 11.0.0
     */
    public static final Signal<CourseDiscussionConfigurationData> COURSE_DISCUSSIONS_CHANGED = Signal.of(
                    "org.openedx.learning.discussions.configuration.changed.v1",
                    "configuration",
                    CourseDiscussionConfigurationData.class)
            .withPythonPath("openedx_events.learning.signals.COURSE_DISCUSSIONS_CHANGED");

    /**
     * A learner's stored course grade was written anew. Sent by the LMS.
     *
     * <p>{@code org.openedx.learning.course.persistent_grade_summary.changed.v1}<br>
     * {@code openedx_events.learning.signals.PERSISTENT_GRADE_SUMMARY_CHANGED}, on the bus since 0.13.0
     */
    public static final Signal<PersistentCourseGradeData> PERSISTENT_GRADE_SUMMARY_CHANGED = Signal.of(
                    "org.openedx.learning.course.persistent_grade_summary.changed.v1",
                    "grade",
                    PersistentCourseGradeData.class)
            .withPythonPath("openedx_events.learning.signals.PERSISTENT_GRADE_SUMMARY_CHANGED");

    /**
     * A learner confirmed or rejected skills that a block is tagged with. Sent by xblock-skill-tagging, within the LMS.
     *
     * <p>{@code org.openedx.learning.xblock.skill.verified.v1}<br>
     * {@code openedx_events.learning.signals.XBLOCK_SKILL_VERIFIED}, on the bus since 8.0.1
     */
    public static final Signal<XBlockSkillVerificationData> XBLOCK_SKILL_VERIFIED = Signal.of(
                    "org.openedx.learning.xblock.skill.verified.v1", "xblock_info", XBlockSkillVerificationData.class)
            .withPythonPath("openedx_events.learning.signals.XBLOCK_SKILL_VERIFIED");

    /**
     * Someone wants certain users notified; the LMS then does it. Sent by any app, among them edx-ora2 and the
     * discussions of the LMS.
     *
     * <p>{@code org.openedx.learning.user.notification.requested.v1}<br>
     * {@code openedx_events.learning.signals.USER_NOTIFICATION_REQUESTED}, since 8.2.0, on the bus since 11.0.0
     */
    public static final Signal<UserNotificationData> USER_NOTIFICATION_REQUESTED = Signal.of(
                    "org.openedx.learning.user.notification.requested.v1",
                    "notification_data",
                    UserNotificationData.class)
            .withPythonPath("openedx_events.learning.signals.USER_NOTIFICATION_REQUESTED");

    /**
     * A learner submitted an attempt at a special exam. Sent by edx-exams.
     *
     * <p>{@code org.openedx.learning.exam.attempt.submitted.v1}<br>
     * {@code openedx_events.learning.signals.EXAM_ATTEMPT_SUBMITTED}, on the bus since 8.7.0
     */
    public static final Signal<ExamAttemptData> EXAM_ATTEMPT_SUBMITTED = Signal.of(
                    "org.openedx.learning.exam.attempt.submitted.v1", "exam_attempt", ExamAttemptData.class)
            .withPythonPath("openedx_events.learning.signals.EXAM_ATTEMPT_SUBMITTED");

    /**
     * An attempt at a special exam was rejected in review. Sent by edx-exams.
     *
     * <p>{@code org.openedx.learning.exam.attempt.rejected.v1}<br>
     * {@code openedx_events.learning.signals.EXAM_ATTEMPT_REJECTED}, on the bus since 8.7.0
     */
    public static final Signal<ExamAttemptData> EXAM_ATTEMPT_REJECTED = Signal.of(
                    "org.openedx.learning.exam.attempt.rejected.v1", "exam_attempt", ExamAttemptData.class)
            .withPythonPath("openedx_events.learning.signals.EXAM_ATTEMPT_REJECTED");

    /**
     * An attempt at a special exam was found in order in review. Sent by edx-exams.
     *
     * <p>{@code org.openedx.learning.exam.attempt.verified.v1}<br>
     * {@code openedx_events.learning.signals.EXAM_ATTEMPT_VERIFIED}, on the bus since 8.7.0
     */
    public static final Signal<ExamAttemptData> EXAM_ATTEMPT_VERIFIED = Signal.of(
                    "org.openedx.learning.exam.attempt.verified.v1", "exam_attempt", ExamAttemptData.class)
            .withPythonPath("openedx_events.learning.signals.EXAM_ATTEMPT_VERIFIED");

    /**
     * An attempt at a special exam broke off with an error. Sent by edx-exams.
     *
     * <p>{@code org.openedx.learning.exam.attempt.errored.v1}<br>
     * {@code openedx_events.learning.signals.EXAM_ATTEMPT_ERRORED}, on the bus since 8.7.0
     */
    public static final Signal<ExamAttemptData> EXAM_ATTEMPT_ERRORED = Signal.of(
                    "org.openedx.learning.exam.attempt.errored.v1", "exam_attempt", ExamAttemptData.class)
            .withPythonPath("openedx_events.learning.signals.EXAM_ATTEMPT_ERRORED");

    /**
     * An attempt at a special exam was set back, so that the learner may begin again. Sent by edx-exams.
     *
     * <p>{@code org.openedx.learning.exam.attempt.reset.v1}<br>
     * {@code openedx_events.learning.signals.EXAM_ATTEMPT_RESET}, on the bus since 8.7.0
     */
    public static final Signal<ExamAttemptData> EXAM_ATTEMPT_RESET = Signal.of(
                    "org.openedx.learning.exam.attempt.reset.v1", "exam_attempt", ExamAttemptData.class)
            .withPythonPath("openedx_events.learning.signals.EXAM_ATTEMPT_RESET");

    /**
     * A user was given a role in a course. Sent by the LMS.
     *
     * <p>{@code org.openedx.learning.user.course_access_role.added.v1}<br>
     * {@code openedx_events.learning.signals.COURSE_ACCESS_ROLE_ADDED}, on the bus since 9.4.0
     */
    public static final Signal<CourseAccessRoleData> COURSE_ACCESS_ROLE_ADDED = Signal.of(
                    "org.openedx.learning.user.course_access_role.added.v1",
                    "course_access_role_data",
                    CourseAccessRoleData.class)
            .withPythonPath("openedx_events.learning.signals.COURSE_ACCESS_ROLE_ADDED");

    /**
     * A user lost a role in a course. Sent by the LMS.
     *
     * <p>{@code org.openedx.learning.user.course_access_role.removed.v1}<br>
     * {@code openedx_events.learning.signals.COURSE_ACCESS_ROLE_REMOVED}, on the bus since 9.4.0
     */
    public static final Signal<CourseAccessRoleData> COURSE_ACCESS_ROLE_REMOVED = Signal.of(
                    "org.openedx.learning.user.course_access_role.removed.v1",
                    "course_access_role_data",
                    CourseAccessRoleData.class)
            .withPythonPath("openedx_events.learning.signals.COURSE_ACCESS_ROLE_REMOVED");

    /**
     * Someone opened a thread in a discussion. Sent by the LMS.
     *
     * <p>{@code org.openedx.learning.forum.thread.created.v1}<br>
     * {@code openedx_events.learning.signals.FORUM_THREAD_CREATED}, since 8.9.0, on the bus since 11.0.0
     */
    public static final Signal<DiscussionThreadData> FORUM_THREAD_CREATED = Signal.of(
                    "org.openedx.learning.forum.thread.created.v1", "thread", DiscussionThreadData.class)
            .withPythonPath("openedx_events.learning.signals.FORUM_THREAD_CREATED");

    /**
     * Someone responded to a thread. Sent by the LMS.
     *
     * <p>{@code org.openedx.learning.forum.thread.response.created.v1}<br>
     * {@code openedx_events.learning.signals.FORUM_THREAD_RESPONSE_CREATED}, since 8.9.0, on the bus since 11.0.0
     */
    public static final Signal<DiscussionThreadData> FORUM_THREAD_RESPONSE_CREATED = Signal.of(
                    "org.openedx.learning.forum.thread.response.created.v1", "thread", DiscussionThreadData.class)
            .withPythonPath("openedx_events.learning.signals.FORUM_THREAD_RESPONSE_CREATED");

    /**
     * Someone commented on a response. Sent by the LMS.
     *
     * <p>{@code org.openedx.learning.forum.thread.response.comment.created.v1}<br>
     * {@code openedx_events.learning.signals.FORUM_RESPONSE_COMMENT_CREATED}, since 8.9.0, on the bus since 11.0.0
     */
    public static final Signal<DiscussionThreadData> FORUM_RESPONSE_COMMENT_CREATED = Signal.of(
                    "org.openedx.learning.forum.thread.response.comment.created.v1",
                    "thread",
                    DiscussionThreadData.class)
            .withPythonPath("openedx_events.learning.signals.FORUM_RESPONSE_COMMENT_CREATED");

    /**
     * Someone wants an audience within a course notified; the LMS then does it. Sent by the LMS.
     *
     * <p>{@code org.openedx.learning.course.notification.requested.v1}<br>
     * {@code openedx_events.learning.signals.COURSE_NOTIFICATION_REQUESTED}, since 9.2.0, on the bus since 11.0.0
     */
    public static final Signal<CourseNotificationData> COURSE_NOTIFICATION_REQUESTED = Signal.of(
                    "org.openedx.learning.course.notification.requested.v1",
                    "course_notification_data",
                    CourseNotificationData.class)
            .withPythonPath("openedx_events.learning.signals.COURSE_NOTIFICATION_REQUESTED");

    /**
     * A learner submitted an answer to an open response assessment. Sent by edx-ora2, within the LMS.
     *
     * <p>{@code org.openedx.learning.ora.submission.created.v1}<br>
     * {@code openedx_events.learning.signals.ORA_SUBMISSION_CREATED}, since 9.9.0, on the bus since 11.0.0
     */
    public static final Signal<ORASubmissionData> ORA_SUBMISSION_CREATED = Signal.of(
                    "org.openedx.learning.ora.submission.created.v1", "submission", ORASubmissionData.class)
            .withPythonPath("openedx_events.learning.signals.ORA_SUBMISSION_CREATED");

    /**
     * A learner's grade in a course run changed; tells whether it is enough to pass now. Sent by the LMS.
     *
     * <p>{@code org.openedx.learning.course.passing.status.updated.v1}<br>
     * {@code openedx_events.learning.signals.COURSE_PASSING_STATUS_UPDATED}, on the bus since 9.10.0
     */
    public static final Signal<CoursePassingStatusData> COURSE_PASSING_STATUS_UPDATED = Signal.of(
                    "org.openedx.learning.course.passing.status.updated.v1",
                    "course_passing_status",
                    CoursePassingStatusData.class)
            .withPythonPath("openedx_events.learning.signals.COURSE_PASSING_STATUS_UPDATED");

    /**
     * A learner's grade in a custom course (CCX) changed; tells whether it is enough to pass now. Sent by the LMS.
     *
     * <p>{@code org.openedx.learning.ccx.course.passing.status.updated.v1}<br>
     * {@code openedx_events.learning.signals.CCX_COURSE_PASSING_STATUS_UPDATED}, on the bus since 9.10.0
     */
    public static final Signal<CcxCoursePassingStatusData> CCX_COURSE_PASSING_STATUS_UPDATED = Signal.of(
                    "org.openedx.learning.ccx.course.passing.status.updated.v1",
                    "course_passing_status",
                    CcxCoursePassingStatusData.class)
            .withPythonPath("openedx_events.learning.signals.CCX_COURSE_PASSING_STATUS_UPDATED");

    /**
     * A learner was awarded a badge. Sent by the Credentials service.
     *
     * <p>{@code org.openedx.learning.badge.awarded.v1}<br>
     * {@code openedx_events.learning.signals.BADGE_AWARDED}, on the bus since 9.10.0
     */
    public static final Signal<BadgeData> BADGE_AWARDED = Signal.of(
                    "org.openedx.learning.badge.awarded.v1", "badge", BadgeData.class)
            .withPythonPath("openedx_events.learning.signals.BADGE_AWARDED");

    /**
     * A learner's badge was taken back. Sent by the Credentials service.
     *
     * <p>{@code org.openedx.learning.badge.revoked.v1}<br>
     * {@code openedx_events.learning.signals.BADGE_REVOKED}, on the bus since 9.10.0
     */
    public static final Signal<BadgeData> BADGE_REVOKED = Signal.of(
                    "org.openedx.learning.badge.revoked.v1", "badge", BadgeData.class)
            .withPythonPath("openedx_events.learning.signals.BADGE_REVOKED");

    /**
     * A user began to have their identity verified. Sent by the LMS.
     *
     * <p>{@code org.openedx.learning.idv_attempt.created.v1}<br>
     * {@code openedx_events.learning.signals.IDV_ATTEMPT_CREATED}, on the bus since 9.13.0
     */
    public static final Signal<VerificationAttemptData> IDV_ATTEMPT_CREATED = Signal.of(
                    "org.openedx.learning.idv_attempt.created.v1", "idv_attempt", VerificationAttemptData.class)
            .withPythonPath("openedx_events.learning.signals.IDV_ATTEMPT_CREATED");

    /**
     * A user handed in what is needed to verify their identity; the outcome is open. Sent by the LMS.
     *
     * <p>{@code org.openedx.learning.idv_attempt.pending.v1}<br>
     * {@code openedx_events.learning.signals.IDV_ATTEMPT_PENDING}, on the bus since 9.13.0
     */
    public static final Signal<VerificationAttemptData> IDV_ATTEMPT_PENDING = Signal.of(
                    "org.openedx.learning.idv_attempt.pending.v1", "idv_attempt", VerificationAttemptData.class)
            .withPythonPath("openedx_events.learning.signals.IDV_ATTEMPT_PENDING");

    /**
     * A user's identity was verified. Sent by the LMS.
     *
     * <p>{@code org.openedx.learning.idv_attempt.approved.v1}<br>
     * {@code openedx_events.learning.signals.IDV_ATTEMPT_APPROVED}, on the bus since 9.13.0
     */
    public static final Signal<VerificationAttemptData> IDV_ATTEMPT_APPROVED = Signal.of(
                    "org.openedx.learning.idv_attempt.approved.v1", "idv_attempt", VerificationAttemptData.class)
            .withPythonPath("openedx_events.learning.signals.IDV_ATTEMPT_APPROVED");

    /**
     * A user's identity could not be verified. Sent by the LMS.
     *
     * <p>{@code org.openedx.learning.idv_attempt.denied.v1}<br>
     * {@code openedx_events.learning.signals.IDV_ATTEMPT_DENIED}, on the bus since 9.13.0
     */
    public static final Signal<VerificationAttemptData> IDV_ATTEMPT_DENIED = Signal.of(
                    "org.openedx.learning.idv_attempt.denied.v1", "idv_attempt", VerificationAttemptData.class)
            .withPythonPath("openedx_events.learning.signals.IDV_ATTEMPT_DENIED");

    /**
     * A grader outside the platform returned a score. Stays in process. Sent by edx-submissions, within the LMS.
     *
     * <p>{@code org.openedx.learning.external_grader.score.submitted.v1}<br>
     * {@code openedx_events.learning.signals.EXTERNAL_GRADER_SCORE_SUBMITTED}, since 10.1.0, in process only
     */
    public static final Signal<ExternalGraderScoreData> EXTERNAL_GRADER_SCORE_SUBMITTED = Signal.of(
                    "org.openedx.learning.external_grader.score.submitted.v1", "score", ExternalGraderScoreData.class)
            .withPythonPath("openedx_events.learning.signals.EXTERNAL_GRADER_SCORE_SUBMITTED")
            .inProcessOnly("edx-submissions sends it inside the LMS process, and no schema of it is registered");

    /**
     * A user of another learning platform opened content of this one by LTI. Sent by the LMS.
     *
     * <p>{@code org.openedx.learning.lti_provider.launch.success.v1}<br>
     * {@code openedx_events.learning.signals.LTI_PROVIDER_LAUNCH_SUCCESS}, on the bus since 10.4.0
     */
    public static final Signal<LtiProviderLaunchData> LTI_PROVIDER_LAUNCH_SUCCESS = Signal.of(
                    "org.openedx.learning.lti_provider.launch.success.v1", "launch_data", LtiProviderLaunchData.class)
            .withPythonPath("openedx_events.learning.signals.LTI_PROVIDER_LAUNCH_SUCCESS");

    private static final List<Signal<?>> ALL = List.of(
            STUDENT_REGISTRATION_COMPLETED,
            SESSION_LOGIN_COMPLETED,
            COURSE_ENROLLMENT_CREATED,
            COURSE_ENROLLMENT_CHANGED,
            COURSE_UNENROLLMENT_COMPLETED,
            CERTIFICATE_CREATED,
            PROGRAM_CERTIFICATE_AWARDED,
            CERTIFICATE_CHANGED,
            CERTIFICATE_REVOKED,
            PROGRAM_CERTIFICATE_REVOKED,
            COHORT_MEMBERSHIP_CHANGED,
            COURSE_DISCUSSIONS_CHANGED,
            PERSISTENT_GRADE_SUMMARY_CHANGED,
            XBLOCK_SKILL_VERIFIED,
            USER_NOTIFICATION_REQUESTED,
            EXAM_ATTEMPT_SUBMITTED,
            EXAM_ATTEMPT_REJECTED,
            EXAM_ATTEMPT_VERIFIED,
            EXAM_ATTEMPT_ERRORED,
            EXAM_ATTEMPT_RESET,
            COURSE_ACCESS_ROLE_ADDED,
            COURSE_ACCESS_ROLE_REMOVED,
            FORUM_THREAD_CREATED,
            FORUM_THREAD_RESPONSE_CREATED,
            FORUM_RESPONSE_COMMENT_CREATED,
            COURSE_NOTIFICATION_REQUESTED,
            ORA_SUBMISSION_CREATED,
            COURSE_PASSING_STATUS_UPDATED,
            CCX_COURSE_PASSING_STATUS_UPDATED,
            BADGE_AWARDED,
            BADGE_REVOKED,
            IDV_ATTEMPT_CREATED,
            IDV_ATTEMPT_PENDING,
            IDV_ATTEMPT_APPROVED,
            IDV_ATTEMPT_DENIED,
            EXTERNAL_GRADER_SCORE_SUBMITTED,
            LTI_PROVIDER_LAUNCH_SUCCESS);

    private LearningSignals() {}

    /** Every signal above, in that order. Immutable. */
    public static List<Signal<?>> all() {
        return ALL;
    }
}
