package dev.carillon.rig.server;

import java.util.List;

/** What somebody who may do anything with a broker does to a group, and what the group does not get by it: ids of events. */
public interface GroupDamage extends AutoCloseable {

    /** Sets the group to the end of the topic; answers what it is made to pass over. */
    List<String> setToEnd(String topic, String group);

    /**
     * Whether a consumer that lives works on all that is pending: no other has any, and none of it is older than what living
     * consumers leave unrenewed.
     */
    boolean isAllAtWork(String topic, String group);

    /** Removes all consumers from the group; answers what was pending for them, which is pending for nobody then. */
    List<String> removeConsumers(String topic, String group);

    @Override
    void close();
}
