package dev.carillon.rig.judge;

/**
 * An event as it is recorded in the ledger, in a receiver's log, or as an effect.
 *
 * @param id the event's id, which is unique
 * @param key the key within which order counts
 * @param number the event's number among those of its key, from 1 without gaps
 */
public record RecordedEvent(String id, String key, long number) {

    @Override
    public String toString() {
        return key + " #" + number + " (" + id + ")";
    }
}
