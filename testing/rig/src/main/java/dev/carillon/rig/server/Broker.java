package dev.carillon.rig.server;

import dev.carillon.embedded.server.EmbeddedServer;
import java.util.Map;
import java.util.Optional;

/** The broker of a run, and the network connection to it. */
public interface Broker extends AutoCloseable {

    /** The server process, which can be killed and restarted. */
    EmbeddedServer server();

    /** The network connection between clients and the broker. */
    NetworkProxy network();

    /** The settings with which a service uses this broker. */
    Map<String, String> settings();

    /** How many consumers share the group. */
    int consumers();

    /** Changes topics the way an administrator could. The caller closes it. */
    TopicTampering topicTampering();

    /** Changes groups the way an administrator could; empty where consumers cannot detect such changes. The caller closes it. */
    default Optional<GroupTampering> groupTampering() {
        return Optional.empty();
    }

    /** The network connection between clients and the schema registry; empty where there is no registry. */
    default Optional<NetworkProxy> registryNetwork() {
        return Optional.empty();
    }

    @Override
    void close();
}
