package dev.carillon.bus.kafka;

import dev.carillon.bus.Check;
import dev.carillon.bus.GroupMove;
import dev.carillon.bus.GroupState;
import dev.carillon.bus.StartAt;
import dev.carillon.bus.kafka.registry.SchemaRegistry;
import dev.carillon.bus.spi.CheckSpec;
import dev.carillon.bus.spi.TransportAdmin;
import dev.carillon.bus.spi.TransportException;
import dev.carillon.events.internal.NearestNames;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;

/** What operators ask of Kafka. */
final class KafkaAdmin implements TransportAdmin {

    /** Topics that schema registries and the like keep for themselves; Kafka's own are not listed anyway. */
    private static final Pattern NOT_EVENTS = Pattern.compile("_schemas|_confluent.*");

    private final AdminLink link;
    private final TopicScan scan;
    private final SchemaRegistry registry;

    KafkaAdmin(KafkaSettings settings, SchemaRegistry registry, KafkaFailure failures) {
        this.link = new AdminLink(settings.admin(), failures);
        this.scan = new TopicScan(settings.consumer("none"), failures);
        this.registry = registry;
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
        UnreadAge age = new UnreadAge(scan);
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

    /** Compaction may not have come by yet: of each name the newest record counts, unless it says that the message is gone. */
    @Override
    public OptionalLong kept(String fullTopic) {
        TopicOffsets offsets = new TopicOffsets(link);
        List<TopicPartition> partitions = offsets.describe(List.of(fullTopic)).values().stream()
                .flatMap(topic -> TopicOffsets.partitions(topic).stream())
                .toList();
        Set<ByteBuffer> kept = new HashSet<>();
        try {
            count(offsets.begins(partitions), offsets.ends(partitions), kept);
        } catch (TransportException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return OptionalLong.empty();
            }
            throw e;
        }
        return OptionalLong.of(kept.size());
    }

    private void count(Map<TopicPartition, Long> begins, Map<TopicPartition, Long> ends, Set<ByteBuffer> kept) {
        scan.read(begins, ends, record -> {
            ByteBuffer name = ByteBuffer.wrap(record.key() == null ? new byte[0] : record.key());
            if (record.value() == null) {
                kept.remove(name);
            } else {
                kept.add(name);
            }
            return true;
        });
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
    public List<Check> check(CheckSpec spec) {
        return new KafkaChecks(link, this, registry).check(spec);
    }

    @Override
    public void close() {
        scan.close();
        link.close();
    }
}
