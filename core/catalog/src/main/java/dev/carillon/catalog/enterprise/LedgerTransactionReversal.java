package dev.carillon.catalog.enterprise;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * The undoing of a {@link LedgerTransaction}: value returns to the ledger, after an unenrollment or a refund.
 *
 * @param uuid the reversal's UUID
 * @param created when the record was made
 * @param modified when the record was last changed
 * @param idempotencyKey the same for every try of one reversal, so that it takes effect once
 * @param quantity how much value returns, in the ledger's unit, mostly US cents; the opposite sign of the
 *     transaction's
 * @param state {@code created}, {@code pending}, {@code committed} or {@code failed}
 */
@EventData
public record LedgerTransactionReversal(
        UUID uuid,
        OffsetDateTime created,
        OffsetDateTime modified,
        String idempotencyKey,
        long quantity,
        String state) {

    public LedgerTransactionReversal {
        required(uuid, "LedgerTransactionReversal.uuid");
        required(created, "LedgerTransactionReversal.created");
        required(modified, "LedgerTransactionReversal.modified");
        required(idempotencyKey, "LedgerTransactionReversal.idempotencyKey");
        required(state, "LedgerTransactionReversal.state");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static LedgerTransactionReversalBuilder.UuidStage builder() {
        return LedgerTransactionReversalBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public LedgerTransactionReversalBuilder toBuilder() {
        return LedgerTransactionReversalBuilder.builder(this);
    }
}
