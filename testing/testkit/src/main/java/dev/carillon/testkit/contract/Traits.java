package dev.carillon.testkit.contract;

import java.util.Map;

/**
 * What differs between transports that all keep the contract.
 *
 * @param keepsTopicOrder whether a topic keeps the order of all its messages, not only of those with one key
 * @param sharesTopic whether the members of a group share a topic; a broker whose topic has one partition gives it to one member
 * @param takeOver the transport's options with which a consumer takes over at once what another one left unfinished
 */
public record Traits(boolean keepsTopicOrder, boolean sharesTopic, Map<String, Object> takeOver) {

    /** Takes a copy. */
    public Traits {
        takeOver = Map.copyOf(takeOver);
    }

    /** Keeps the order of a topic, shares it among the members of a group, and takes over without options. */
    public static Traits ordinary() {
        return new Traits(true, true, Map.of());
    }

    /** These traits, for topics with several partitions: they keep the order of messages with one key only. */
    public Traits withPartitions() {
        return new Traits(false, sharesTopic, takeOver);
    }

    /** These traits, for topics with a single partition, which one member reads at a time. */
    public Traits withSinglePartition() {
        return new Traits(keepsTopicOrder, false, takeOver);
    }

    /** These traits, with options to take over. */
    public Traits withTakeOver(Map<String, Object> takeOver) {
        return new Traits(keepsTopicOrder, sharesTopic, takeOver);
    }
}
