package dev.carillon.bus.transport;

/**
 * A part of a topic that one member of a group reads at a time.
 *
 * @param topic the full topic
 * @param number from 0
 */
public record Partition(String topic, int number) {}
