package dev.carillon.catalog.enterprise;

import dev.carillon.events.Signal;
import java.util.List;

/**
 * What happens at enterprise customers. Each signal is followed by its event type, its path in Python, and the release
 * of {@code openedx-events} that first put it on the bus.
 */
public final class EnterpriseSignals {

    /**
     * A learner used a subsidy. No Open edX service sends it today.
     *
     * <p>{@code org.openedx.enterprise.subsidy.redeemed.v1}<br>
     * {@code openedx_events.enterprise.signals.SUBSIDY_REDEEMED}, on the bus since 9.7.0
     */
    public static final Signal<SubsidyRedemption> SUBSIDY_REDEEMED = Signal.of(
                    "org.openedx.enterprise.subsidy.redeemed.v1", "redemption", SubsidyRedemption.class)
            .withPythonPath("openedx_events.enterprise.signals.SUBSIDY_REDEEMED");

    /**
     * A learner's use of a subsidy was undone. No Open edX service sends it today.
     *
     * <p>{@code org.openedx.enterprise.subsidy.redemption-reversed.v1}<br>
     * {@code openedx_events.enterprise.signals.SUBSIDY_REDEMPTION_REVERSED}, on the bus since 9.7.0
     */
    public static final Signal<SubsidyRedemption> SUBSIDY_REDEMPTION_REVERSED = Signal.of(
                    "org.openedx.enterprise.subsidy.redemption-reversed.v1", "redemption", SubsidyRedemption.class)
            .withPythonPath("openedx_events.enterprise.signals.SUBSIDY_REDEMPTION_REVERSED");

    /**
     * A ledger transaction was begun. Sent by enterprise-subsidy.
     *
     * <p>{@code org.openedx.enterprise.subsidy_ledger_transaction.created.v1}<br>
     * {@code openedx_events.enterprise.signals.LEDGER_TRANSACTION_CREATED}, on the bus since 9.11.0
     */
    public static final Signal<LedgerTransaction> LEDGER_TRANSACTION_CREATED = Signal.of(
                    "org.openedx.enterprise.subsidy_ledger_transaction.created.v1",
                    "ledger_transaction",
                    LedgerTransaction.class)
            .withPythonPath("openedx_events.enterprise.signals.LEDGER_TRANSACTION_CREATED");

    /**
     * A ledger transaction took effect. Sent by enterprise-subsidy.
     *
     * <p>{@code org.openedx.enterprise.subsidy_ledger_transaction.committed.v1}<br>
     * {@code openedx_events.enterprise.signals.LEDGER_TRANSACTION_COMMITTED}, on the bus since 9.11.0
     */
    public static final Signal<LedgerTransaction> LEDGER_TRANSACTION_COMMITTED = Signal.of(
                    "org.openedx.enterprise.subsidy_ledger_transaction.committed.v1",
                    "ledger_transaction",
                    LedgerTransaction.class)
            .withPythonPath("openedx_events.enterprise.signals.LEDGER_TRANSACTION_COMMITTED");

    /**
     * A ledger transaction failed; nothing moved. Sent by enterprise-subsidy.
     *
     * <p>{@code org.openedx.enterprise.subsidy_ledger_transaction.failed.v1}<br>
     * {@code openedx_events.enterprise.signals.LEDGER_TRANSACTION_FAILED}, on the bus since 9.11.0
     */
    public static final Signal<LedgerTransaction> LEDGER_TRANSACTION_FAILED = Signal.of(
                    "org.openedx.enterprise.subsidy_ledger_transaction.failed.v1",
                    "ledger_transaction",
                    LedgerTransaction.class)
            .withPythonPath("openedx_events.enterprise.signals.LEDGER_TRANSACTION_FAILED");

    /**
     * A ledger transaction was undone; its reversal tells how. Sent by enterprise-subsidy.
     *
     * <p>{@code org.openedx.enterprise.subsidy_ledger_transaction.reversed.v1}<br>
     * {@code openedx_events.enterprise.signals.LEDGER_TRANSACTION_REVERSED}, on the bus since 9.11.0
     */
    public static final Signal<LedgerTransaction> LEDGER_TRANSACTION_REVERSED = Signal.of(
                    "org.openedx.enterprise.subsidy_ledger_transaction.reversed.v1",
                    "ledger_transaction",
                    LedgerTransaction.class)
            .withPythonPath("openedx_events.enterprise.signals.LEDGER_TRANSACTION_REVERSED");

    /**
     * An enrollment paid for with learner credit was revoked, mostly because the learner unenrolled. Sent by
     * edx-enterprise, within the LMS.
     *
     * <p>{@code org.openedx.enterprise.learner_credit_course_enrollment.revoked.v1}<br>
     * {@code openedx_events.enterprise.signals.LEARNER_CREDIT_COURSE_ENROLLMENT_REVOKED}, on the bus since 9.12.0
     */
    public static final Signal<LearnerCreditEnterpriseCourseEnrollment> LEARNER_CREDIT_COURSE_ENROLLMENT_REVOKED =
            Signal.of(
                            "org.openedx.enterprise.learner_credit_course_enrollment.revoked.v1",
                            "learner_credit_course_enrollment",
                            LearnerCreditEnterpriseCourseEnrollment.class)
                    .withPythonPath("openedx_events.enterprise.signals.LEARNER_CREDIT_COURSE_ENROLLMENT_REVOKED");

    /**
     * A group of an enterprise customer was deleted. Sent by edx-enterprise, within the LMS.
     *
     * <p>{@code org.openedx.enterprise.enterprise_group.deleted.v1}<br>
     * {@code openedx_events.enterprise.signals.ENTERPRISE_GROUP_DELETED}, on the bus since 10.4.0
     */
    public static final Signal<EnterpriseGroup> ENTERPRISE_GROUP_DELETED = Signal.of(
                    "org.openedx.enterprise.enterprise_group.deleted.v1", "enterprise_group", EnterpriseGroup.class)
            .withPythonPath("openedx_events.enterprise.signals.ENTERPRISE_GROUP_DELETED");

    private static final List<Signal<?>> ALL = List.of(
            SUBSIDY_REDEEMED,
            SUBSIDY_REDEMPTION_REVERSED,
            LEDGER_TRANSACTION_CREATED,
            LEDGER_TRANSACTION_COMMITTED,
            LEDGER_TRANSACTION_FAILED,
            LEDGER_TRANSACTION_REVERSED,
            LEARNER_CREDIT_COURSE_ENROLLMENT_REVOKED,
            ENTERPRISE_GROUP_DELETED);

    private EnterpriseSignals() {}

    /** Every signal above, in that order. Immutable. */
    public static List<Signal<?>> all() {
        return ALL;
    }
}
