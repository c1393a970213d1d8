package dev.carillon.bus.transport;

/**
 * The place of a message in its topic, made by the transport: an entry id on Redis, partition and offset on Kafka. Immutable.
 *
 * <p>{@link #compareTo} orders the positions of one partition as the partition orders its messages, and is defined only for
 * positions of the same transport. It need not order partitions. Two positions are equal when they are the same place; their
 * {@code hashCode} matches. {@code toString} returns the position in the broker's format: it is what the wire, the logs and
 * the operator see, never empty, and {@link Transport#position} parses it. It never changes between releases, because ids and
 * headers of stored dead letters contain it.
 *
 * <p>The bus keeps a position for every message in flight, so it must be small: make the text only when {@code toString} is
 * called.
 */
public interface Position extends Comparable<Position> {}
