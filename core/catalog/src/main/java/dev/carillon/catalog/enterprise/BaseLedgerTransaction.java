package dev.carillon.catalog.enterprise;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * What transactions and reversals of a ledger have in common. No event carries it on its own.
 *
 * @param uuid the record's UUID
 * @param created when the record was made
 * @param modified when the record was last changed
 * @param idempotencyKey the same for every try of one operation, so that it takes effect once
 * @param quantity how much value moves, in the ledger's unit, mostly US cents; negative where it leaves the
 *     ledger
 * @param state {@code created}, {@code pending}, {@code committed} or {@code failed}
 */
@EventData
public record BaseLedgerTransaction(
        UUID uuid,
        OffsetDateTime created,
        OffsetDateTime modified,
        String idempotencyKey,
        long quantity,
        String state) {

    public BaseLedgerTransaction {
        required(uuid, "BaseLedgerTransaction.uuid");
        required(created, "BaseLedgerTransaction.created");
        required(modified, "BaseLedgerTransaction.modified");
        required(idempotencyKey, "BaseLedgerTransaction.idempotencyKey");
        required(state, "BaseLedgerTransaction.state");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static BaseLedgerTransactionBuilder.UuidStage builder() {
        return BaseLedgerTransactionBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public BaseLedgerTransactionBuilder toBuilder() {
        return BaseLedgerTransactionBuilder.builder(this);
    }
}
