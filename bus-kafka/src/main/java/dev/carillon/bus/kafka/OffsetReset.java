package dev.carillon.bus.kafka;

import dev.carillon.bus.spi.GroupReset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves a group to a time, in all partitions of its topics at once. */
final class OffsetReset implements GroupReset {

    private static final Logger LOG = LoggerFactory.getLogger(OffsetReset.class);

    private final Map<String, Object> properties;
    private final List<String> topics;
    private final String group;
    private final Instant time;
    private final KafkaFailure failures;

    OffsetReset(
            Map<String, Object> properties, List<String> topics, String group, Instant time, KafkaFailure failures) {
        this.properties = properties;
        this.topics = topics;
        this.group = group;
        this.time = time;
        this.failures = failures;
    }

    @Override
    public void apply() {
        try (Admin admin = Admin.create(properties)) {
            Map<TopicPartition, OffsetAndMetadata> offsets = offsets(admin);
            admin.alterConsumerGroupOffsets(group, offsets).all().get();
            offsets.forEach((partition, offset) ->
                    LOG.info("Group {} now stands at {} in partition {}", group, offset.offset(), partition));
        } catch (ExecutionException | RuntimeException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(e);
        }
    }

    /** What waiting does not mend ends the consumer; a broker that is away is waited for. */
    private RuntimeException failure(Throwable cause) {
        String cannot = "Cannot move group " + group + " to " + time + ": ";
        if (cause.getCause() instanceof UnknownMemberIdException) {
            return new IllegalStateException(
                    cannot + "it has members that read " + String.join(", ", topics) + "; stop them first", cause);
        }
        if (cause.getCause() instanceof UnknownTopicOrPartitionException) {
            return new IllegalStateException(
                    cannot + "not all of these topics exist: " + String.join(", ", topics), cause);
        }
        return failures.of("move group " + group + " in topics " + String.join(", ", topics) + " to " + time, cause);
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets(Admin admin)
            throws ExecutionException, InterruptedException {
        List<TopicPartition> partitions = new ArrayList<>();
        admin.describeTopics(topics)
                .allTopicNames()
                .get()
                .forEach((topic, description) -> description
                        .partitions()
                        .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition()))));
        Map<TopicPartition, ListOffsetsResultInfo> atTime =
                list(admin, partitions, OffsetSpec.forTimestamp(Math.max(0, time.toEpochMilli())));
        Map<TopicPartition, ListOffsetsResultInfo> ends = list(admin, partitions, OffsetSpec.latest());
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        ends.forEach((partition, end) -> {
            long found = atTime.getOrDefault(partition, end).offset();
            offsets.put(partition, GroupBirth.at(time).mark(found >= 0 ? found : end.offset()));
        });
        return offsets;
    }

    private static Map<TopicPartition, ListOffsetsResultInfo> list(
            Admin admin, List<TopicPartition> partitions, OffsetSpec spec)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        Set.copyOf(partitions).forEach(partition -> asked.put(partition, spec));
        return admin.listOffsets(asked).all().get();
    }
}
