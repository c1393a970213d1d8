package dev.carillon.bus.kafka;

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

/** The consumer option {@code offset_time}: moves a group to a time, in all partitions of its topics at once. */
final class OffsetTimeReset implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(OffsetTimeReset.class);

    private final KafkaSettings settings;
    private final List<String> topics;
    private final String group;
    private final Instant time;
    private final KafkaExceptionTranslator exceptions;

    OffsetTimeReset(
            KafkaSettings settings,
            List<String> topics,
            String group,
            Instant time,
            KafkaExceptionTranslator exceptions) {
        this.settings = settings;
        this.topics = topics;
        this.group = group;
        this.time = time;
        this.exceptions = exceptions;
    }

    @Override
    public void run() {
        try (AdminConnection connection = new AdminConnection(settings.admin(), settings.isolation(), exceptions)) {
            TopicOffsets offsets = new TopicOffsets(connection);
            List<TopicPartition> partitions = new ArrayList<>();
            topics.forEach(topic -> partitions.addAll(TopicOffsets.partitions(offsets.describe(topic))));
            Map<TopicPartition, OffsetAndMetadata> commits = offsets.commitsAt(partitions, StartAt.time(time));
            connection.call(
                    "move group " + group + " in topics " + String.join(", ", topics) + " to " + time,
                    admin -> admin.alterConsumerGroupOffsets(group, commits).all());
            commits.forEach((partition, commit) ->
                    LOG.info("Group {} moved to offset {} of partition {}", group, commit.offset(), partition));
        } catch (TransportException e) {
            throw failure(e);
        }
    }

    /** A transport exception is retried; other exceptions end the consumer, because retrying cannot help. */
    private RuntimeException failure(TransportException failure) {
        String cannot = "Cannot move group " + group + " to " + time + ": ";
        if (failure.getCause() instanceof UnknownMemberIdException) {
            return new IllegalStateException(
                    cannot + "it has active members that read " + String.join(", ", topics) + "; stop them first",
                    failure);
        }
        if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
            return new IllegalStateException(
                    cannot + "not all of these topics exist: " + String.join(", ", topics), failure);
        }
        return failure;
    }
}
