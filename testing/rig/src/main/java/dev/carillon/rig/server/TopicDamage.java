package dev.carillon.rig.server;

import java.util.List;

/** What somebody who may do anything with a broker does to a topic, and what is lost by it. */
public interface TopicDamage extends AutoCloseable {

    /**
     * What was lost, as the ids of events, one for each message.
     *
     * @param unread of messages that the group had not been given
     * @param given of messages that it had been given, as far as the broker knows, and had not acknowledged
     */
    record Lost(List<String> unread, List<String> given) {}

    /** Whether consumers go on reading while a topic is trimmed. Else they have to end before, so that it can be counted. */
    boolean trimsUnderReaders();

    /** Deletes the older half of what the group has not read, and everything before it. */
    Lost trim(String topic, String group);

    /** Deletes the topic and makes it anew. Nothing may be written to it meanwhile. */
    Lost makeAnew(String topic, String group);

    /** Has a topic that was made anew go on past the positions of the old one, with messages that are for nobody. */
    void outgrow(String topic);

    @Override
    void close();
}
