package dev.carillon.bus.kafka;

import dev.carillon.bus.transport.GroupReset;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.bus.transport.TransportException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves a group to a time, in all partitions of its topics at once. */
final class OffsetReset implements GroupReset {

    private static final Logger LOG = LoggerFactory.getLogger(OffsetReset.class);

    private final KafkaSettings settings;
    private final List<String> topics;
    private final String group;
    private final Instant time;
    private final KafkaFailure failures;

    OffsetReset(KafkaSettings settings, List<String> topics, String group, Instant time, KafkaFailure failures) {
        this.settings = settings;
        this.topics = topics;
        this.group = group;
        this.time = time;
        this.failures = failures;
    }

    @Override
    public void apply() {
        try (AdminLink link = new AdminLink(settings.admin(), settings.isolation(), failures)) {
            TopicOffsets offsets = new TopicOffsets(link);
            List<TopicPartition> partitions = new ArrayList<>();
            topics.forEach(topic -> partitions.addAll(TopicOffsets.partitions(offsets.describe(topic))));
            Map<TopicPartition, OffsetAndMetadata> marks = offsets.marks(partitions, StartAt.time(time));
            link.ask(
                    "move group " + group + " in topics " + String.join(", ", topics) + " to " + time,
                    admin -> admin.alterConsumerGroupOffsets(group, marks).all());
            marks.forEach((partition, mark) ->
                    LOG.info("Group {} now stands at {} in partition {}", group, mark.offset(), partition));
        } catch (TransportException e) {
            throw failure(e);
        }
    }

    /** What waiting does not mend ends the consumer; a broker that is away is waited for. */
    private RuntimeException failure(TransportException failure) {
        String cannot = "Cannot move group " + group + " to " + time + ": ";
        if (failure.getCause() instanceof UnknownMemberIdException) {
            return new IllegalStateException(
                    cannot + "it has members that read " + String.join(", ", topics) + "; stop them first", failure);
        }
        if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
            return new IllegalStateException(
                    cannot + "not all of these topics exist: " + String.join(", ", topics), failure);
        }
        return failure;
    }
}
