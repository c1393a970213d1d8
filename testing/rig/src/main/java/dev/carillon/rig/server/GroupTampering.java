package dev.carillon.rig.server;

import java.util.List;

/** Changes of a consumer group by an administrator, with the ids of the events that the group loses by them. */
public interface GroupTampering extends AutoCloseable {

    /** Sets the group to the end of the topic; returns the events that it skips. */
    List<String> setToEnd(String topic, String group);

    /**
     * Whether all pending messages belong to one live consumer: no other consumer has any, and none is idle for longer than live
     * consumers leave their messages unrenewed.
     */
    boolean isAllPendingActive(String topic, String group);

    /** Removes all consumers from the group; returns the events that were pending for them, which are then pending for no consumer. */
    List<String> removeConsumers(String topic, String group);

    @Override
    void close();
}
