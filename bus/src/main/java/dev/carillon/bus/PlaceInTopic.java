package dev.carillon.bus;

import java.util.Comparator;

/**
 * Where a message stands in its topic, in the order of its partition.
 *
 * @param partition the partition
 * @param sortable the position, written so that texts compare as positions do
 */
record PlaceInTopic(int partition, String sortable) implements Comparable<PlaceInTopic> {

    private static final int LONGEST_NUMBER = 20;
    private static final String ZEROS = "0".repeat(LONGEST_NUMBER);
    private static final Comparator<PlaceInTopic> ORDER =
            Comparator.comparingInt(PlaceInTopic::partition).thenComparing(PlaceInTopic::sortable);

    /** Positions are numbers with something between them, on every broker. */
    static PlaceInTopic of(int partition, String position) {
        StringBuilder sortable = new StringBuilder(2 * LONGEST_NUMBER);
        int start = 0;
        for (int i = 0; i <= position.length(); i++) {
            if (i == position.length() || !Character.isDigit(position.charAt(i))) {
                int digits = i - start;
                sortable.append(ZEROS, 0, Math.max(0, LONGEST_NUMBER - digits)).append(position, start, i);
                start = i + 1;
            }
        }
        return new PlaceInTopic(partition, sortable.toString());
    }

    @Override
    public int compareTo(PlaceInTopic other) {
        return ORDER.compare(this, other);
    }
}
