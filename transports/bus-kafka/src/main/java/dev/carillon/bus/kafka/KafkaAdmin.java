package dev.carillon.bus.kafka;

import dev.carillon.bus.kafka.registry.SchemaRegistry;
import dev.carillon.bus.transport.Diagnostic;
import dev.carillon.bus.transport.GroupMove;
import dev.carillon.bus.transport.GroupState;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.bus.transport.TransportAdmin;
import dev.carillon.bus.transport.TransportAdmin.CheckSpec;
import dev.carillon.bus.transport.TransportException;
import dev.carillon.events.internal.NearestNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.apache.kafka.common.errors.AuthorizationException;

/** Administration of groups and topics on Kafka. */
final class KafkaAdmin implements TransportAdmin {

    /** Topics of schema registries and similar services. Kafka does not list its own internal topics. */
    private static final Pattern INTERNAL_TOPICS = Pattern.compile("_schemas|_confluent.*");

    private final AdminConnection connection;
    private final TopicReader reader;
    private final SchemaRegistry registry;
    private final KafkaSettings settings;

    KafkaAdmin(KafkaSettings settings, SchemaRegistry registry, KafkaExceptionTranslator exceptions) {
        this.connection = new AdminConnection(settings.admin(), settings.isolation(), exceptions);
        this.reader = new TopicReader(settings.reader(), exceptions);
        this.registry = registry;
        this.settings = settings;
    }

    @Override
    public List<String> topics(String prefix) {
        return connection.call("list its topics", admin -> admin.listTopics().names()).stream()
                .filter(topic -> topic.startsWith(prefix)
                        && !INTERNAL_TOPICS.matcher(topic).matches())
                .sorted()
                .toList();
    }

    @Override
    public List<GroupState> groups(Collection<String> fullTopics) {
        ClusterSnapshot snapshot = new ClusterSnapshot(connection, fullTopics);
        UnreadAge age = new UnreadAge(reader);
        List<GroupState> states = new ArrayList<>();
        for (String topic : fullTopics) {
            for (String group : snapshot.groups(topic)) {
                GroupLag lag = snapshot.lag(topic, group);
                states.add(new GroupState(
                        topic,
                        group,
                        snapshot.membersReading(topic, group),
                        lag.total(),
                        age.of(lag),
                        OptionalLong.empty(),
                        lag.positions(),
                        snapshot.length(topic)));
            }
        }
        return states;
    }

    @Override
    public long length(String fullTopic) {
        return new ClusterSnapshot(connection, List.of(fullTopic)).length(fullTopic);
    }

    @Override
    public OptionalLong storedMessages(String fullTopic) {
        try {
            boolean exists =
                    !new TopicOffsets(connection).describe(List.of(fullTopic)).isEmpty();
            return OptionalLong.of(
                    exists
                            ? new CompactedTopic(reader, fullTopic)
                                    .read(record -> true)
                                    .size()
                            : 0);
        } catch (TransportException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return OptionalLong.empty();
            }
            throw e;
        }
    }

    @Override
    public GroupMove plan(String fullTopic, String group, StartAt to) {
        return resetter(fullTopic, group, to).plan();
    }

    @Override
    public void move(String fullTopic, String group, StartAt to, boolean force) {
        resetter(fullTopic, group, to).reset(force);
    }

    private GroupOffsetResetter resetter(String topic, String group, StartAt to) {
        ClusterSnapshot snapshot = new ClusterSnapshot(connection, List.of(topic));
        if (!snapshot.topics().containsKey(topic)) {
            throw new IllegalArgumentException(
                    "There is no topic '" + topic + "'" + NearestNames.question(topic, topics("")));
        }
        if (!snapshot.groups(topic).contains(group)) {
            throw new IllegalArgumentException("Topic " + topic + " has no group '" + group + "'"
                    + NearestNames.question(group, snapshot.groups(topic)));
        }
        return new GroupOffsetResetter(connection, snapshot, topic, group, to);
    }

    @Override
    public List<Diagnostic> check(CheckSpec spec) {
        return new KafkaChecks(connection, this, registry, settings).check(spec);
    }

    @Override
    public void close() {
        reader.close();
        connection.close();
    }
}
