package dev.carillon.rig.server;

import dev.carillon.embedded.EmbeddedServer;
import java.util.Map;

/** The broker under trial, and the network to it. */
public interface Broker extends AutoCloseable {

    /** The process that is killed and started again. */
    EmbeddedServer server();

    /** The network between clients and the broker. */
    Link link();

    /** What a service sets to use it. */
    Map<String, String> settings();

    /** How many consumers may share a group while each key keeps its order. */
    int consumersInOrder();

    @Override
    void close();
}
