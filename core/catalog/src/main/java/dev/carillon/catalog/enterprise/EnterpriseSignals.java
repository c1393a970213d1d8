package dev.carillon.catalog.enterprise;

import dev.carillon.catalog.internal.SignalGroup;
import dev.carillon.events.Signal;
import java.util.List;

/**
 * What happens at enterprise customers. Each signal is followed by its event type and the release of
 * {@code openedx-events} that first put it on the bus. In Python, the signals are in {@code openedx_events.enterprise.signals}.
 */
public final class EnterpriseSignals {

    private static final SignalGroup GROUP = new SignalGroup("openedx_events.enterprise.signals");

    /**
     * A learner used a subsidy. No Open edX service sends it today.<br>
     * {@code org.openedx.enterprise.subsidy.redeemed.v1}, on the bus since 9.7.0
     */
    public static final Signal<SubsidyRedemption> SUBSIDY_REDEEMED = GROUP.signal(
            "SUBSIDY_REDEEMED", "org.openedx.enterprise.subsidy.redeemed.v1", "redemption", SubsidyRedemption.class);

    /**
     * A learner's use of a subsidy was undone. No Open edX service sends it today.<br>
     * {@code org.openedx.enterprise.subsidy.redemption-reversed.v1}, on the bus since 9.7.0
     */
    public static final Signal<SubsidyRedemption> SUBSIDY_REDEMPTION_REVERSED = GROUP.signal(
            "SUBSIDY_REDEMPTION_REVERSED",
            "org.openedx.enterprise.subsidy.redemption-reversed.v1",
            "redemption",
            SubsidyRedemption.class);

    /**
     * A ledger transaction was begun. Sent by enterprise-subsidy.<br>
     * {@code org.openedx.enterprise.subsidy_ledger_transaction.created.v1}, on the bus since 9.11.0
     */
    public static final Signal<LedgerTransaction> LEDGER_TRANSACTION_CREATED = GROUP.signal(
            "LEDGER_TRANSACTION_CREATED",
            "org.openedx.enterprise.subsidy_ledger_transaction.created.v1",
            "ledger_transaction",
            LedgerTransaction.class);

    /**
     * A ledger transaction took effect. Sent by enterprise-subsidy.<br>
     * {@code org.openedx.enterprise.subsidy_ledger_transaction.committed.v1}, on the bus since 9.11.0
     */
    public static final Signal<LedgerTransaction> LEDGER_TRANSACTION_COMMITTED = GROUP.signal(
            "LEDGER_TRANSACTION_COMMITTED",
            "org.openedx.enterprise.subsidy_ledger_transaction.committed.v1",
            "ledger_transaction",
            LedgerTransaction.class);

    /**
     * A ledger transaction failed; nothing moved. Sent by enterprise-subsidy.<br>
     * {@code org.openedx.enterprise.subsidy_ledger_transaction.failed.v1}, on the bus since 9.11.0
     */
    public static final Signal<LedgerTransaction> LEDGER_TRANSACTION_FAILED = GROUP.signal(
            "LEDGER_TRANSACTION_FAILED",
            "org.openedx.enterprise.subsidy_ledger_transaction.failed.v1",
            "ledger_transaction",
            LedgerTransaction.class);

    /**
     * A ledger transaction was undone; its reversal says how. Sent by enterprise-subsidy.<br>
     * {@code org.openedx.enterprise.subsidy_ledger_transaction.reversed.v1}, on the bus since 9.11.0
     */
    public static final Signal<LedgerTransaction> LEDGER_TRANSACTION_REVERSED = GROUP.signal(
            "LEDGER_TRANSACTION_REVERSED",
            "org.openedx.enterprise.subsidy_ledger_transaction.reversed.v1",
            "ledger_transaction",
            LedgerTransaction.class);

    /**
     * An enrollment paid for with learner credit was revoked, mostly because the learner unenrolled. Sent by
     * edx-enterprise, within the LMS.<br>
     * {@code org.openedx.enterprise.learner_credit_course_enrollment.revoked.v1}, on the bus since 9.12.0
     */
    public static final Signal<LearnerCreditEnterpriseCourseEnrollment> LEARNER_CREDIT_COURSE_ENROLLMENT_REVOKED =
            GROUP.signal(
                    "LEARNER_CREDIT_COURSE_ENROLLMENT_REVOKED",
                    "org.openedx.enterprise.learner_credit_course_enrollment.revoked.v1",
                    "learner_credit_course_enrollment",
                    LearnerCreditEnterpriseCourseEnrollment.class);

    /**
     * A group of an enterprise customer was deleted. Sent by edx-enterprise, within the LMS.<br>
     * {@code org.openedx.enterprise.enterprise_group.deleted.v1}, on the bus since 10.4.0
     */
    public static final Signal<EnterpriseGroup> ENTERPRISE_GROUP_DELETED = GROUP.signal(
            "ENTERPRISE_GROUP_DELETED",
            "org.openedx.enterprise.enterprise_group.deleted.v1",
            "enterprise_group",
            EnterpriseGroup.class);

    private EnterpriseSignals() {}

    /** Every signal above, in that order. Immutable. */
    public static List<Signal<?>> all() {
        return GROUP.all();
    }
}
