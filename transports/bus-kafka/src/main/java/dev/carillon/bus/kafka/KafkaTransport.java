package dev.carillon.bus.kafka;

import dev.carillon.bus.kafka.registry.SchemaRegistry;
import dev.carillon.bus.transport.HeaderNames;
import dev.carillon.bus.transport.MessageSink;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.MessageSource.SourceListener;
import dev.carillon.bus.transport.MessageStore;
import dev.carillon.bus.transport.Position;
import dev.carillon.bus.transport.SourceSpec;
import dev.carillon.bus.transport.Transport;
import dev.carillon.bus.transport.TransportAdmin;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A Kafka cluster and its schema registry. */
final class KafkaTransport implements Transport {

    /** Longer than a restart of the registry takes, and shorter than a consumer group waits for a poll. */
    private static final Duration REGISTRY_TIMEOUT = Duration.ofSeconds(5);

    private final KafkaSettings settings;
    private final SchemaRegistry registry;
    private final KafkaExceptionTranslator exceptions;
    private final GroupTopicCreator topicCreator;
    private final AtomicInteger consumers = new AtomicInteger();

    private KafkaTransport(KafkaSettings settings, SchemaRegistry registry) {
        this.settings = settings;
        this.registry = registry;
        this.exceptions = new KafkaExceptionTranslator(settings.servers());
        this.topicCreator = new GroupTopicCreator(settings.admin(), exceptions);
    }

    static KafkaTransport open(KafkaSettings settings) {
        return new KafkaTransport(settings, registry(settings));
    }

    static SchemaRegistry registry(KafkaSettings settings) {
        if (settings.registry() == null) {
            throw new IllegalStateException(
                    KafkaSettings.REGISTRY_URL + " is invalid, and the settings were not validated");
        }
        return new SchemaRegistry(
                settings.registry(), KafkaSettings.sslContext(settings.registryProperties()), REGISTRY_TIMEOUT);
    }

    @Override
    public HeaderNames headerNames() {
        return KafkaHeaders.NAMES;
    }

    @Override
    public boolean carriesKeys() {
        return true;
    }

    @Override
    public Position position(String text) {
        return RecordPosition.parse(text);
    }

    @Override
    public Optional<String> address() {
        return Optional.of(settings.servers());
    }

    @Override
    public MessageSink sink() {
        return new KafkaSink(settings.producer(), registry, exceptions);
    }

    @Override
    public MessageSource source(SourceSpec spec, SourceListener listener) {
        Map<String, Object> properties = settings.consumer(spec.group());
        clientId(spec, properties).ifPresent(id -> properties.put("client.id", id));
        SourceOptions options = SourceOptions.of(spec);
        KafkaTopicNames.check(spec.topics());
        KafkaTopicNames.check(options.deadLetterTopics());
        return new KafkaSource(settings, properties, options, registry, listener, topicCreator, exceptions);
    }

    /** The member's name; without one, the service's name, with a number from the second consumer on. */
    private Optional<String> clientId(SourceSpec spec, Map<String, Object> properties) {
        int number = consumers.incrementAndGet();
        if (spec.consumerName() != null) {
            return Optional.of(spec.consumerName());
        }
        Object service = properties.get("client.id");
        return service == null || number == 1 ? Optional.empty() : Optional.of(service + "-" + number);
    }

    @Override
    public Optional<Runnable> reset(SourceSpec spec) {
        SourceOptions options = SourceOptions.of(spec);
        return Optional.ofNullable(options.offsetTime())
                .map(time -> new OffsetTimeReset(settings, spec.topics(), spec.group(), time, exceptions));
    }

    @Override
    public Optional<MessageStore> store() {
        return Optional.of(new KafkaStore(settings, topicCreator, exceptions));
    }

    @Override
    public Optional<TransportAdmin> admin() {
        return Optional.of(new KafkaAdmin(settings, registry, exceptions));
    }

    @Override
    public void close() {
        registry.close();
    }
}
