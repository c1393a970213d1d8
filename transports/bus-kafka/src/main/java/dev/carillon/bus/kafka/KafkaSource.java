package dev.carillon.bus.kafka;

import dev.carillon.bus.kafka.registry.SchemaRegistry;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.MessageSource.AckMode;
import dev.carillon.bus.transport.MessageSource.SourceListener;
import dev.carillon.bus.transport.Partition;
import dev.carillon.bus.transport.Position;
import dev.carillon.bus.transport.TransportException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topics as a member of a consumer group. The consumer is created by the first poll; {@link GroupMember} does the reading.
 * This class adds what the engine expects around it: exceptions in Carillon's terms, and messages that are read again.
 */
final class KafkaSource implements MessageSource {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSource.class);

    private static final Duration MAX_CALL_TIMEOUT = Duration.ofSeconds(5);

    private final Map<String, Object> properties;
    private final SourceOptions options;
    private final SourceListener listener;
    private final GroupTopicCreator topicCreator;
    private final KafkaExceptionTranslator exceptions;
    private final RecordConverter converter;
    private final RecordFinder finder;
    private final AdminConnection admin;
    private final TopicIdTracker topicIds;
    private final String readAction;
    private final Duration callTimeout;
    private final Duration rebalanceTimeout;

    private Set<String> pausedTopics = Set.of();

    /** Written by the polling thread, read by workers. */
    private volatile @Nullable GroupMember member;

    KafkaSource(
            KafkaSettings settings,
            Map<String, Object> properties,
            SourceOptions options,
            SchemaRegistry registry,
            SourceListener listener,
            GroupTopicCreator topicCreator,
            KafkaExceptionTranslator exceptions) {
        this.properties = properties;
        this.options = options;
        this.listener = listener;
        this.topicCreator = topicCreator;
        this.exceptions = exceptions;
        this.converter = new RecordConverter(registry);
        this.readAction = "read topics " + String.join(", ", options.spec().topics()) + " for group "
                + options.spec().group();
        Duration configured = Duration.ofMillis(
                ClientProperty.CONSUMER.number(properties, ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG));
        this.callTimeout = configured.compareTo(MAX_CALL_TIMEOUT) < 0 ? configured : MAX_CALL_TIMEOUT;
        this.finder = new RecordFinder(settings.reader(), callTimeout);
        this.admin = new AdminConnection(settings.admin(callTimeout), settings.isolation(), exceptions);
        this.topicIds = new TopicIdTracker(admin, options.spec().topics());
        this.rebalanceTimeout = Duration.ofMillis(
                ClientProperty.CONSUMER.number(properties, ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG) / 2);
    }

    @Override
    public List<IncomingMessage> poll(int max, long maxBytes, Duration timeout) {
        try {
            return open().poll(max, maxBytes, timeout);
        } catch (TransportException e) {
            throw e;
        } catch (RuntimeException e) {
            throw exceptions.translate(readAction, e);
        }
    }

    /** Not in the constructor: the client resolves the servers' host names, which may not exist yet. */
    private GroupMember open() {
        GroupMember open = member;
        if (open == null) {
            new DeadLetterTopicCheck(admin).require(options);
            topicCreator.createPlain(options.spec().ownTopics());
            open = new GroupMember(
                    new KafkaConsumer<>(properties),
                    options,
                    listener,
                    converter,
                    exceptions,
                    topicIds,
                    callTimeout,
                    rebalanceTimeout);
            member = open;
            if (!pausedTopics.isEmpty()) {
                open.pause(pausedTopics);
            }
            open.subscribe();
        }
        return open;
    }

    @Override
    public String topicId(String topic) {
        return topicIds.id(topic);
    }

    /** For tests, which give it a wrong id. */
    TopicIdTracker topicIds() {
        return topicIds;
    }

    @Override
    public boolean owns(IncomingMessage message) {
        GroupMember open = member;
        return open != null && open.owns(message);
    }

    @Override
    public List<IncomingMessage> readAgain(Partition partition, List<Position> positions) {
        if (positions.isEmpty()) {
            return List.of();
        }
        try {
            RecordFinder.Result result = finder.find(partition, positions);
            if (!result.missing().isEmpty()) {
                listener.incident(
                        RecordFinder.incident(partition, options.spec().group(), result.missing()));
            }
            return result.records().stream().map(converter::convert).toList();
        } catch (TransportException e) {
            throw e;
        } catch (RuntimeException e) {
            finder.close();
            throw exceptions.translate("return messages of " + partition + " again", e);
        }
    }

    @Override
    public void pause(Set<String> topics) {
        pausedTopics = Set.copyOf(topics);
        GroupMember open = member;
        if (open != null) {
            open.pause(pausedTopics);
        }
    }

    @Override
    public void acknowledge(List<IncomingMessage> messages) {
        acknowledge(messages, () -> {});
    }

    @Override
    public void acknowledge(List<IncomingMessage> messages, Runnable committed) {
        try {
            Objects.requireNonNull(member, "messages come from an open consumer")
                    .acknowledge(messages, committed);
        } catch (RuntimeException e) {
            throw exceptions.translate(
                    "accept acknowledgements of group " + options.spec().group(), e);
        }
    }

    @Override
    public AckMode ackMode() {
        return AckMode.CUMULATIVE;
    }

    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            GroupMember open = member;
            if (open != null) {
                open.close();
            }
        } catch (RuntimeException e) {
            LOG.debug(
                    "Consumer of group {} did not close cleanly", options.spec().group(), e);
        } finally {
            finder.close();
            topicIds.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
