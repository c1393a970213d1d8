package dev.carillon.bus.transport;

/**
 * A partition of a topic, which one member of a group reads at a time.
 *
 * @param topic the full topic
 * @param number the number, from 0
 */
public record Partition(String topic, int number) {}
