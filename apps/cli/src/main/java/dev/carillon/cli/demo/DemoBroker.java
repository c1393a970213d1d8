package dev.carillon.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** A broker that was started for the demo. */
interface DemoBroker extends AutoCloseable {

    /** The settings of both services. They name the transports as Python's settings do. */
    Map<String, String> settings();

    /** What runs on which port. */
    String description();

    /**
     * Writes the events that were recorded from the Python producer to the topic, without using the event bus.
     *
     * @return the ids of the events
     */
    List<UUID> writeRecorded(String topic) throws IOException;

    @Override
    void close();

    static DemoBroker start(Demo.Bus bus) {
        return switch (bus) {
            case REDIS -> new RedisDemoBroker();
            case KAFKA -> new KafkaDemoBroker();
        };
    }

    /** The lines of a recording: one JSON object for each event that a certificate was created, changed or revoked. */
    static List<String> recording(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(DemoBroker.class.getResourceAsStream(resource), resource);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        }
    }
}
