package dev.carillon.cli.demo;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The broker that the demo runs on, started for it. */
interface DemoBroker extends AutoCloseable {

    /** The settings of both sides, which name the transports as Python's settings do. */
    Map<String, String> settings();

    /** What runs where, in a few words. */
    String introduction();

    /** Puts what was recorded from the Python producer on the topic, past everything of ours; answers the events' ids. */
    List<UUID> putRecorded(String topic) throws IOException;

    @Override
    void close();

    /** Starts the broker of this name. */
    static DemoBroker start(DemoBus bus) {
        return switch (bus) {
            case REDIS -> new RedisDemoBroker();
            case KAFKA -> new KafkaDemoBroker();
        };
    }
}
