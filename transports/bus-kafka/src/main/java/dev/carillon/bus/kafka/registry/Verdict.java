package dev.carillon.bus.kafka.registry;

/**
 * What a subject would say to a schema of ours.
 *
 * @param accepted whether the registry would register it, as the compatibility of the subject is set
 * @param differences which fields keep it and the latest from being read with each other; empty when none do
 */
public record Verdict(boolean accepted, String differences) {}
