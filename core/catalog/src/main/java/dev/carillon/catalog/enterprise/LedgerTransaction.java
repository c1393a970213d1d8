package dev.carillon.catalog.enterprise;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;
import dev.carillon.events.keys.CourseKey;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Value that moves in or out of a ledger, mostly because a learner redeems a subsidy for a course.
 *
 * @param uuid the transaction's UUID
 * @param created when the record was made
 * @param modified when the record was last changed
 * @param idempotencyKey the same for every try of one transaction, so that it takes effect once
 * @param quantity how much value moves, in the ledger's unit, mostly US cents; negative where it leaves the
 *     ledger
 * @param state {@code created}, {@code pending}, {@code committed} or {@code failed}
 * @param ledgerUuid which ledger
 * @param subsidyAccessPolicyUuid the policy under which the learner was allowed to spend
 * @param lmsUserId the learner's id in the LMS
 * @param contentKey the course run that is paid for
 * @param parentContentKey the course that the run belongs to, or null if unknown
 * @param fulfillmentIdentifier the subsidized enrollment that came of it, or null before there is one
 * @param reversal what undid this transaction, or null if nothing did
 */
@EventData
public record LedgerTransaction(
        UUID uuid,
        OffsetDateTime created,
        OffsetDateTime modified,
        String idempotencyKey,
        long quantity,
        String state,
        UUID ledgerUuid,
        UUID subsidyAccessPolicyUuid,
        long lmsUserId,
        CourseKey contentKey,
        @Nullable String parentContentKey,
        @Nullable String fulfillmentIdentifier,
        @Nullable LedgerTransactionReversal reversal) {

    public LedgerTransaction {
        required(uuid, "LedgerTransaction.uuid");
        required(created, "LedgerTransaction.created");
        required(modified, "LedgerTransaction.modified");
        required(idempotencyKey, "LedgerTransaction.idempotencyKey");
        required(state, "LedgerTransaction.state");
        required(ledgerUuid, "LedgerTransaction.ledgerUuid");
        required(subsidyAccessPolicyUuid, "LedgerTransaction.subsidyAccessPolicyUuid");
        required(contentKey, "LedgerTransaction.contentKey");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static LedgerTransactionBuilder.UuidStage builder() {
        return LedgerTransactionBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public LedgerTransactionBuilder toBuilder() {
        return LedgerTransactionBuilder.builder(this);
    }
}
