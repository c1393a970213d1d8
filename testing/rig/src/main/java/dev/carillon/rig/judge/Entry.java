package dev.carillon.rig.judge;

/**
 * An event where somebody wrote it down.
 *
 * @param id the event's id, which no other has
 * @param key the key whose order counts
 * @param number the event's number among those of its key, from 1 without gaps
 */
public record Entry(String id, String key, long number) {

    @Override
    public String toString() {
        return key + " #" + number + " (" + id + ")";
    }
}
