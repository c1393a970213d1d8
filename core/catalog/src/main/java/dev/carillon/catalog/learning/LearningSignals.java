package dev.carillon.catalog.learning;

import dev.carillon.catalog.internal.SignalGroup;
import dev.carillon.events.Signal;
import java.util.List;

/**
 * What happens to learners and in their courses. Each signal is followed by its event type and the release of
 * {@code openedx-events} that first put it on the bus; 0.10.0 is the first release with a bus. In Python, the signals are in {@code openedx_events.learning.signals}.
 */
public final class LearningSignals {

    private static final SignalGroup GROUP = new SignalGroup("openedx_events.learning.signals");

    /**
     * A person registered: the account exists, though it may not be active yet. Sent by the LMS.<br>
     * {@code org.openedx.learning.student.registration.completed.v1}, on the bus since 0.10.0
     */
    public static final Signal<UserData> STUDENT_REGISTRATION_COMPLETED = GROUP.signal(
            "STUDENT_REGISTRATION_COMPLETED",
            "org.openedx.learning.student.registration.completed.v1",
            "user",
            UserData.class);

    /**
     * A user logged in. Sent by the LMS.<br>
     * {@code org.openedx.learning.auth.session.login.completed.v1}, on the bus since 0.10.0
     */
    public static final Signal<UserData> SESSION_LOGIN_COMPLETED = GROUP.signal(
            "SESSION_LOGIN_COMPLETED", "org.openedx.learning.auth.session.login.completed.v1", "user", UserData.class);

    /**
     * A learner enrolled in a course run, or was enrolled by someone. Sent by the LMS.<br>
     * {@code org.openedx.learning.course.enrollment.created.v1}, on the bus since 0.10.0
     */
    public static final Signal<CourseEnrollmentData> COURSE_ENROLLMENT_CREATED = GROUP.signal(
            "COURSE_ENROLLMENT_CREATED",
            "org.openedx.learning.course.enrollment.created.v1",
            "enrollment",
            CourseEnrollmentData.class);

    /**
     * An enrollment changed its mode, or became active or inactive; so unenrolling sends it too. Sent by the LMS.<br>
     * {@code org.openedx.learning.course.enrollment.changed.v1}, on the bus since 0.10.0
     */
    public static final Signal<CourseEnrollmentData> COURSE_ENROLLMENT_CHANGED = GROUP.signal(
            "COURSE_ENROLLMENT_CHANGED",
            "org.openedx.learning.course.enrollment.changed.v1",
            "enrollment",
            CourseEnrollmentData.class);

    /**
     * A learner is no longer enrolled in a course run. Sent by the LMS.<br>
     * {@code org.openedx.learning.course.unenrollment.completed.v1}, on the bus since 0.10.0
     */
    public static final Signal<CourseEnrollmentData> COURSE_UNENROLLMENT_COMPLETED = GROUP.signal(
            "COURSE_UNENROLLMENT_COMPLETED",
            "org.openedx.learning.course.unenrollment.completed.v1",
            "enrollment",
            CourseEnrollmentData.class);

    /**
     * A learner holds a course certificate: it was saved in a status that counts as passed. May come again for the same
     * certificate when it is saved again. Sent by the LMS.<br>
     * {@code org.openedx.learning.certificate.created.v1}, on the bus since 0.10.0
     */
    public static final Signal<CertificateData> CERTIFICATE_CREATED = GROUP.signal(
            "CERTIFICATE_CREATED", "org.openedx.learning.certificate.created.v1", "certificate", CertificateData.class);

    /**
     * A learner was awarded the certificate of a program. Sent by the Credentials service.<br>
     * {@code org.openedx.learning.program.certificate.awarded.v1}, on the bus since 8.4.0
     */
    public static final Signal<ProgramCertificateData> PROGRAM_CERTIFICATE_AWARDED = GROUP.signal(
            "PROGRAM_CERTIFICATE_AWARDED",
            "org.openedx.learning.program.certificate.awarded.v1",
            "program_certificate",
            ProgramCertificateData.class);

    /**
     * A course certificate was saved, in whatever status. Sent by the LMS.<br>
     * {@code org.openedx.learning.certificate.changed.v1}, on the bus since 0.10.0
     */
    public static final Signal<CertificateData> CERTIFICATE_CHANGED = GROUP.signal(
            "CERTIFICATE_CHANGED", "org.openedx.learning.certificate.changed.v1", "certificate", CertificateData.class);

    /**
     * A course certificate was taken back; its status gives the reason. Sent by the LMS.<br>
     * {@code org.openedx.learning.certificate.revoked.v1}, on the bus since 0.10.0
     */
    public static final Signal<CertificateData> CERTIFICATE_REVOKED = GROUP.signal(
            "CERTIFICATE_REVOKED", "org.openedx.learning.certificate.revoked.v1", "certificate", CertificateData.class);

    /**
     * A learner's program certificate was taken back. Sent by the Credentials service.<br>
     * {@code org.openedx.learning.program.certificate.revoked.v1}, on the bus since 8.4.0
     */
    public static final Signal<ProgramCertificateData> PROGRAM_CERTIFICATE_REVOKED = GROUP.signal(
            "PROGRAM_CERTIFICATE_REVOKED",
            "org.openedx.learning.program.certificate.revoked.v1",
            "program_certificate",
            ProgramCertificateData.class);

    /**
     * A learner was put into a cohort, or moved to another. Sent by the LMS.<br>
     * {@code org.openedx.learning.cohort_membership.changed.v1}, on the bus since 0.10.0
     */
    public static final Signal<CohortData> COHORT_MEMBERSHIP_CHANGED = GROUP.signal(
            "COHORT_MEMBERSHIP_CHANGED",
            "org.openedx.learning.cohort_membership.changed.v1",
            "cohort",
            CohortData.class);

    /**
     * The discussions of a course run were set up again, as happens when the course is published. Sent by Studio.<br>
     * {@code org.openedx.learning.discussions.configuration.changed.v1}, on the bus since 11.0.0
     */
    public static final Signal<CourseDiscussionConfigurationData> COURSE_DISCUSSIONS_CHANGED = GROUP.signal(
            "COURSE_DISCUSSIONS_CHANGED",
            "org.openedx.learning.discussions.configuration.changed.v1",
            "configuration",
            CourseDiscussionConfigurationData.class);

    /**
     * A learner's stored course grade was written again. Sent by the LMS.<br>
     * {@code org.openedx.learning.course.persistent_grade_summary.changed.v1}, on the bus since 0.13.0
     */
    public static final Signal<PersistentCourseGradeData> PERSISTENT_GRADE_SUMMARY_CHANGED = GROUP.signal(
            "PERSISTENT_GRADE_SUMMARY_CHANGED",
            "org.openedx.learning.course.persistent_grade_summary.changed.v1",
            "grade",
            PersistentCourseGradeData.class);

    /**
     * A learner confirmed or rejected skills that a block is tagged with. Sent by xblock-skill-tagging, within the LMS.<br>
     * {@code org.openedx.learning.xblock.skill.verified.v1}, on the bus since 8.0.1
     */
    public static final Signal<XBlockSkillVerificationData> XBLOCK_SKILL_VERIFIED = GROUP.signal(
            "XBLOCK_SKILL_VERIFIED",
            "org.openedx.learning.xblock.skill.verified.v1",
            "xblock_info",
            XBlockSkillVerificationData.class);

    /**
     * Someone wants certain users notified; the LMS then does it. Sent by any app, among them edx-ora2 and the
     * discussions of the LMS.<br>
     * {@code org.openedx.learning.user.notification.requested.v1}, since 8.2.0, on the bus since 11.0.0
     */
    public static final Signal<UserNotificationData> USER_NOTIFICATION_REQUESTED = GROUP.signal(
            "USER_NOTIFICATION_REQUESTED",
            "org.openedx.learning.user.notification.requested.v1",
            "notification_data",
            UserNotificationData.class);

    /**
     * A learner submitted an attempt at a special exam. Sent by edx-exams.<br>
     * {@code org.openedx.learning.exam.attempt.submitted.v1}, on the bus since 8.7.0
     */
    public static final Signal<ExamAttemptData> EXAM_ATTEMPT_SUBMITTED = GROUP.signal(
            "EXAM_ATTEMPT_SUBMITTED",
            "org.openedx.learning.exam.attempt.submitted.v1",
            "exam_attempt",
            ExamAttemptData.class);

    /**
     * An attempt at a special exam was rejected in review. Sent by edx-exams.<br>
     * {@code org.openedx.learning.exam.attempt.rejected.v1}, on the bus since 8.7.0
     */
    public static final Signal<ExamAttemptData> EXAM_ATTEMPT_REJECTED = GROUP.signal(
            "EXAM_ATTEMPT_REJECTED",
            "org.openedx.learning.exam.attempt.rejected.v1",
            "exam_attempt",
            ExamAttemptData.class);

    /**
     * An attempt at a special exam was found in order in review. Sent by edx-exams.<br>
     * {@code org.openedx.learning.exam.attempt.verified.v1}, on the bus since 8.7.0
     */
    public static final Signal<ExamAttemptData> EXAM_ATTEMPT_VERIFIED = GROUP.signal(
            "EXAM_ATTEMPT_VERIFIED",
            "org.openedx.learning.exam.attempt.verified.v1",
            "exam_attempt",
            ExamAttemptData.class);

    /**
     * An attempt at a special exam broke off with an error. Sent by edx-exams.<br>
     * {@code org.openedx.learning.exam.attempt.errored.v1}, on the bus since 8.7.0
     */
    public static final Signal<ExamAttemptData> EXAM_ATTEMPT_ERRORED = GROUP.signal(
            "EXAM_ATTEMPT_ERRORED",
            "org.openedx.learning.exam.attempt.errored.v1",
            "exam_attempt",
            ExamAttemptData.class);

    /**
     * An attempt at a special exam was set back, so that the learner may begin again. Sent by edx-exams.<br>
     * {@code org.openedx.learning.exam.attempt.reset.v1}, on the bus since 8.7.0
     */
    public static final Signal<ExamAttemptData> EXAM_ATTEMPT_RESET = GROUP.signal(
            "EXAM_ATTEMPT_RESET", "org.openedx.learning.exam.attempt.reset.v1", "exam_attempt", ExamAttemptData.class);

    /**
     * A user was given a role in a course. Sent by the LMS.<br>
     * {@code org.openedx.learning.user.course_access_role.added.v1}, on the bus since 9.4.0
     */
    public static final Signal<CourseAccessRoleData> COURSE_ACCESS_ROLE_ADDED = GROUP.signal(
            "COURSE_ACCESS_ROLE_ADDED",
            "org.openedx.learning.user.course_access_role.added.v1",
            "course_access_role_data",
            CourseAccessRoleData.class);

    /**
     * A user lost a role in a course. Sent by the LMS.<br>
     * {@code org.openedx.learning.user.course_access_role.removed.v1}, on the bus since 9.4.0
     */
    public static final Signal<CourseAccessRoleData> COURSE_ACCESS_ROLE_REMOVED = GROUP.signal(
            "COURSE_ACCESS_ROLE_REMOVED",
            "org.openedx.learning.user.course_access_role.removed.v1",
            "course_access_role_data",
            CourseAccessRoleData.class);

    /**
     * Someone opened a thread in a discussion. Sent by the LMS.<br>
     * {@code org.openedx.learning.forum.thread.created.v1}, since 8.9.0, on the bus since 11.0.0
     */
    public static final Signal<DiscussionThreadData> FORUM_THREAD_CREATED = GROUP.signal(
            "FORUM_THREAD_CREATED",
            "org.openedx.learning.forum.thread.created.v1",
            "thread",
            DiscussionThreadData.class);

    /**
     * Someone responded to a thread. Sent by the LMS.<br>
     * {@code org.openedx.learning.forum.thread.response.created.v1}, since 8.9.0, on the bus since 11.0.0
     */
    public static final Signal<DiscussionThreadData> FORUM_THREAD_RESPONSE_CREATED = GROUP.signal(
            "FORUM_THREAD_RESPONSE_CREATED",
            "org.openedx.learning.forum.thread.response.created.v1",
            "thread",
            DiscussionThreadData.class);

    /**
     * Someone commented on a response. Sent by the LMS.<br>
     * {@code org.openedx.learning.forum.thread.response.comment.created.v1}, since 8.9.0, on the bus since 11.0.0
     */
    public static final Signal<DiscussionThreadData> FORUM_RESPONSE_COMMENT_CREATED = GROUP.signal(
            "FORUM_RESPONSE_COMMENT_CREATED",
            "org.openedx.learning.forum.thread.response.comment.created.v1",
            "thread",
            DiscussionThreadData.class);

    /**
     * Someone wants an audience within a course notified; the LMS then does it. Sent by the LMS.<br>
     * {@code org.openedx.learning.course.notification.requested.v1}, since 9.2.0, on the bus since 11.0.0
     */
    public static final Signal<CourseNotificationData> COURSE_NOTIFICATION_REQUESTED = GROUP.signal(
            "COURSE_NOTIFICATION_REQUESTED",
            "org.openedx.learning.course.notification.requested.v1",
            "course_notification_data",
            CourseNotificationData.class);

    /**
     * A learner submitted an answer to an open response assessment. Sent by edx-ora2, within the LMS.<br>
     * {@code org.openedx.learning.ora.submission.created.v1}, since 9.9.0, on the bus since 11.0.0
     */
    public static final Signal<ORASubmissionData> ORA_SUBMISSION_CREATED = GROUP.signal(
            "ORA_SUBMISSION_CREATED",
            "org.openedx.learning.ora.submission.created.v1",
            "submission",
            ORASubmissionData.class);

    /**
     * A learner's grade in a course run changed; says whether it is a passing grade. Sent by the LMS.<br>
     * {@code org.openedx.learning.course.passing.status.updated.v1}, on the bus since 9.10.0
     */
    public static final Signal<CoursePassingStatusData> COURSE_PASSING_STATUS_UPDATED = GROUP.signal(
            "COURSE_PASSING_STATUS_UPDATED",
            "org.openedx.learning.course.passing.status.updated.v1",
            "course_passing_status",
            CoursePassingStatusData.class);

    /**
     * A learner's grade in a custom course (CCX) changed; says whether it is a passing grade. Sent by the LMS.<br>
     * {@code org.openedx.learning.ccx.course.passing.status.updated.v1}, on the bus since 9.10.0
     */
    public static final Signal<CcxCoursePassingStatusData> CCX_COURSE_PASSING_STATUS_UPDATED = GROUP.signal(
            "CCX_COURSE_PASSING_STATUS_UPDATED",
            "org.openedx.learning.ccx.course.passing.status.updated.v1",
            "course_passing_status",
            CcxCoursePassingStatusData.class);

    /**
     * A learner was awarded a badge. Sent by the Credentials service.<br>
     * {@code org.openedx.learning.badge.awarded.v1}, on the bus since 9.10.0
     */
    public static final Signal<BadgeData> BADGE_AWARDED =
            GROUP.signal("BADGE_AWARDED", "org.openedx.learning.badge.awarded.v1", "badge", BadgeData.class);

    /**
     * A learner's badge was taken back. Sent by the Credentials service.<br>
     * {@code org.openedx.learning.badge.revoked.v1}, on the bus since 9.10.0
     */
    public static final Signal<BadgeData> BADGE_REVOKED =
            GROUP.signal("BADGE_REVOKED", "org.openedx.learning.badge.revoked.v1", "badge", BadgeData.class);

    /**
     * A user began to have their identity verified. Sent by the LMS.<br>
     * {@code org.openedx.learning.idv_attempt.created.v1}, on the bus since 9.13.0
     */
    public static final Signal<VerificationAttemptData> IDV_ATTEMPT_CREATED = GROUP.signal(
            "IDV_ATTEMPT_CREATED",
            "org.openedx.learning.idv_attempt.created.v1",
            "idv_attempt",
            VerificationAttemptData.class);

    /**
     * A user handed in what is needed to verify their identity; the outcome is open. Sent by the LMS.<br>
     * {@code org.openedx.learning.idv_attempt.pending.v1}, on the bus since 9.13.0
     */
    public static final Signal<VerificationAttemptData> IDV_ATTEMPT_PENDING = GROUP.signal(
            "IDV_ATTEMPT_PENDING",
            "org.openedx.learning.idv_attempt.pending.v1",
            "idv_attempt",
            VerificationAttemptData.class);

    /**
     * A user's identity was verified. Sent by the LMS.<br>
     * {@code org.openedx.learning.idv_attempt.approved.v1}, on the bus since 9.13.0
     */
    public static final Signal<VerificationAttemptData> IDV_ATTEMPT_APPROVED = GROUP.signal(
            "IDV_ATTEMPT_APPROVED",
            "org.openedx.learning.idv_attempt.approved.v1",
            "idv_attempt",
            VerificationAttemptData.class);

    /**
     * A user's identity could not be verified. Sent by the LMS.<br>
     * {@code org.openedx.learning.idv_attempt.denied.v1}, on the bus since 9.13.0
     */
    public static final Signal<VerificationAttemptData> IDV_ATTEMPT_DENIED = GROUP.signal(
            "IDV_ATTEMPT_DENIED",
            "org.openedx.learning.idv_attempt.denied.v1",
            "idv_attempt",
            VerificationAttemptData.class);

    /**
     * A grader outside the platform returned a score. Stays in process. Sent by edx-submissions, within the LMS.<br>
     * {@code org.openedx.learning.external_grader.score.submitted.v1}, since 10.1.0, in process only
     */
    public static final Signal<ExternalGraderScoreData> EXTERNAL_GRADER_SCORE_SUBMITTED = GROUP.inProcessSignal(
            "EXTERNAL_GRADER_SCORE_SUBMITTED",
            "org.openedx.learning.external_grader.score.submitted.v1",
            "score",
            ExternalGraderScoreData.class,
            "edx-submissions sends it inside the LMS process, and no schema of it is registered");

    /**
     * A user of another learning platform opened content of this one by LTI. Sent by the LMS.<br>
     * {@code org.openedx.learning.lti_provider.launch.success.v1}, on the bus since 10.4.0
     */
    public static final Signal<LtiProviderLaunchData> LTI_PROVIDER_LAUNCH_SUCCESS = GROUP.signal(
            "LTI_PROVIDER_LAUNCH_SUCCESS",
            "org.openedx.learning.lti_provider.launch.success.v1",
            "launch_data",
            LtiProviderLaunchData.class);

    private LearningSignals() {}

    /** Every signal above, in that order. Immutable. */
    public static List<Signal<?>> all() {
        return GROUP.all();
    }
}
