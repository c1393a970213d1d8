package dev.carillon.rig.server;

import dev.carillon.embedded.EmbeddedServer;
import java.util.Map;
import java.util.Optional;

/** The broker under trial, and the network to it. */
public interface Broker extends AutoCloseable {

    /** The process that is killed and started again. */
    EmbeddedServer server();

    /** The network between clients and the broker. */
    Link link();

    /** What a service sets to use it. */
    Map<String, String> settings();

    /** How many consumers share the group. */
    int members();

    /** Ways to lose messages. */
    TopicDamage damage();

    /** What can be done to a group, where members of it can be told of that. */
    default Optional<GroupDamage> groupDamage() {
        return Optional.empty();
    }

    /** The network between clients and the schema registry, where there is one. */
    default Optional<Link> registryLink() {
        return Optional.empty();
    }

    @Override
    void close();
}
