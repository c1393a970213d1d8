package dev.carillon.testkit.contract;

/**
 * What a transport with a {@link dev.carillon.bus.transport.MessageStore} promises besides {@link CoreContract}: dead letters,
 * receivers that are retried or renamed, blocked keys, redrive and replay. A test class that extends {@link CoreContract} implements this interface.
 */
public interface StoreContract
        extends DeadLetterContract,
                RedriveContract,
                BlockedKeyContract,
                ReceiverContract,
                SeveralOperatorsContract,
                ReplayContract,
                StoredSchemaContract {}
