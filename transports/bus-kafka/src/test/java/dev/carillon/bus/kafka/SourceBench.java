package dev.carillon.bus.kafka;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsReader;
import dev.carillon.bus.transport.GroupIncident;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.SourceSpec;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.bus.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.awaitility.Awaitility;

/** A source of one topic, without the engine. */
final class SourceBench implements AutoCloseable {

    private final List<GroupIncident> incidents = new ArrayList<>();
    private final Transport transport;
    private final MessageSource source;

    SourceBench(Settings settings, String topic, String group) {
        SettingsReader reader = new SettingsReader(settings);
        var prepared = new KafkaTransportProvider().prepare(reader, Optional.empty());
        reader.finish();
        transport = prepared.get();
        source = transport.source(
                new SourceSpec(List.of(topic), group, null, StartAt.earliest(), Map.of()), incidents::add);
    }

    MessageSource source() {
        return source;
    }

    /** As if a broker with old metadata had returned the id of another topic with this name. */
    void setWrongTopicId(String topic) {
        ((KafkaSource) source).topicIds().setId(topic, Uuid.randomUuid().toString());
    }

    List<GroupIncident> incidents() {
        return incidents;
    }

    List<IncomingMessage> read(int count) {
        List<IncomingMessage> read = new ArrayList<>();
        Awaitility.await(count + " messages").atMost(Member.TIMEOUT).until(() -> {
            read.addAll(source.poll(count, Duration.ofMillis(100)));
            return read.size() >= count;
        });
        return read;
    }

    /** Polls once, and adds the texts of the positions of the messages. */
    void poll(int max, Collection<String> positions) {
        source.poll(max, Duration.ofMillis(100))
                .forEach(message -> positions.add(message.position().toString()));
    }

    @Override
    public void close() {
        source.close();
        transport.close();
    }
}
