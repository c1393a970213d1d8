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

/** What operators ask of Kafka. */
final class KafkaAdmin implements TransportAdmin {

    /** Topics that schema registries and the like keep for themselves; Kafka's own are not listed anyway. */
    private static final Pattern NOT_EVENTS = Pattern.compile("_schemas|_confluent.*");

    private final AdminLink link;
    private final TopicReader reader;
    private final SchemaRegistry registry;
    private final KafkaSettings settings;

    KafkaAdmin(KafkaSettings settings, SchemaRegistry registry, KafkaFailure failures) {
        this.link = new AdminLink(settings.admin(), settings.isolation(), failures);
        this.reader = new TopicReader(settings.reader(), failures);
        this.registry = registry;
        this.settings = settings;
    }

    @Override
    public List<String> topics(String beginning) {
        return link.ask("list its topics", admin -> admin.listTopics().names()).stream()
                .filter(topic -> topic.startsWith(beginning)
                        && !NOT_EVENTS.matcher(topic).matches())
                .sorted()
                .toList();
    }

    @Override
    public List<GroupState> groups(Collection<String> fullTopics) {
        KafkaLook look = new KafkaLook(link, fullTopics);
        UnreadAge age = new UnreadAge(reader);
        List<GroupState> states = new ArrayList<>();
        for (String topic : fullTopics) {
            for (String group : look.groups(topic)) {
                GroupStanding standing = look.standing(topic, group);
                states.add(new GroupState(
                        topic,
                        group,
                        look.membersWith(topic, group),
                        standing.lag(),
                        age.of(standing),
                        OptionalLong.empty(),
                        standing.described(),
                        look.length(topic)));
            }
        }
        return states;
    }

    @Override
    public long length(String fullTopic) {
        return new KafkaLook(link, List.of(fullTopic)).length(fullTopic);
    }

    @Override
    public OptionalLong kept(String fullTopic) {
        try {
            boolean exists =
                    !new TopicOffsets(link).describe(List.of(fullTopic)).isEmpty();
            return OptionalLong.of(
                    exists
                            ? new NewestRecords(reader, fullTopic)
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
        return mover(fullTopic, group, to).plan();
    }

    @Override
    public void move(String fullTopic, String group, StartAt to, boolean force) {
        mover(fullTopic, group, to).move(force);
    }

    private GroupMover mover(String topic, String group, StartAt to) {
        KafkaLook look = new KafkaLook(link, List.of(topic));
        if (!look.topics().containsKey(topic)) {
            throw new IllegalArgumentException(
                    "There is no topic '" + topic + "'" + NearestNames.question(topic, topics("")));
        }
        if (!look.groups(topic).contains(group)) {
            throw new IllegalArgumentException("Topic " + topic + " has no group '" + group + "'"
                    + NearestNames.question(group, look.groups(topic)));
        }
        return new GroupMover(link, look, topic, group, to);
    }

    @Override
    public List<Diagnostic> check(CheckSpec spec) {
        return new KafkaChecks(link, this, registry, settings).check(spec);
    }

    @Override
    public void close() {
        reader.close();
        link.close();
    }
}
