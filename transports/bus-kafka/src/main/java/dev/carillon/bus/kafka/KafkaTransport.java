package dev.carillon.bus.kafka;

import dev.carillon.bus.kafka.registry.SchemaRegistry;
import dev.carillon.bus.transport.GroupReset;
import dev.carillon.bus.transport.HeaderNames;
import dev.carillon.bus.transport.MessageSink;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.MessageSource.SourceListener;
import dev.carillon.bus.transport.MessageStore;
import dev.carillon.bus.transport.SourceSpec;
import dev.carillon.bus.transport.Transport;
import dev.carillon.bus.transport.TransportAdmin;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** One Kafka cluster and its schema registry. */
final class KafkaTransport implements Transport {

    /** How long a schema may take: longer than a registry needs to be started again, shorter than a group waits. */
    private static final Duration REGISTRY_PATIENCE = Duration.ofSeconds(5);

    private final KafkaSettings settings;
    private final SchemaRegistry registry;
    private final KafkaFailure failures;
    private final GroupTopicMaker maker;
    private final AtomicInteger consumers = new AtomicInteger();

    private KafkaTransport(KafkaSettings settings, SchemaRegistry registry) {
        this.settings = settings;
        this.registry = registry;
        this.failures = new KafkaFailure(settings.servers());
        this.maker = new GroupTopicMaker(settings.admin(), failures);
    }

    static KafkaTransport open(KafkaSettings settings) {
        return new KafkaTransport(settings, registry(settings));
    }

    static SchemaRegistry registry(KafkaSettings settings) {
        if (settings.registry() == null) {
            throw new IllegalStateException(
                    KafkaSettings.REGISTRY_URL + " cannot be used: the settings were not checked");
        }
        return new SchemaRegistry(
                settings.registry(), RegistryTls.context(settings.registryProperties()), REGISTRY_PATIENCE);
    }

    @Override
    public HeaderNames headerNames() {
        return Wire.HEADERS;
    }

    @Override
    public boolean carriesKeys() {
        return true;
    }

    @Override
    public MessageSink sink() {
        return new KafkaSink(settings.producer(), registry, failures);
    }

    @Override
    public MessageSource source(SourceSpec spec, SourceListener listener) {
        Map<String, Object> properties = settings.consumer(spec.group());
        clientId(spec, properties).ifPresent(id -> properties.put("client.id", id));
        SourceOptions options = SourceOptions.of(spec);
        TopicNames.check(spec.topics());
        TopicNames.check(options.deadLetterTopics());
        return new KafkaSource(settings, properties, options, registry, listener, maker, failures);
    }

    /** A member is known by its name; where it has none, several of one service are told apart. */
    private Optional<String> clientId(SourceSpec spec, Map<String, Object> properties) {
        int number = consumers.incrementAndGet();
        if (spec.consumerName() != null) {
            return Optional.of(spec.consumerName());
        }
        Object service = properties.get("client.id");
        return service == null || number == 1 ? Optional.empty() : Optional.of(service + "-" + number);
    }

    @Override
    public Optional<GroupReset> reset(SourceSpec spec) {
        SourceOptions options = SourceOptions.of(spec);
        return Optional.ofNullable(options.offsetTime())
                .map(time -> new OffsetReset(settings, spec.topics(), spec.group(), time, failures));
    }

    @Override
    public MessageStore store() {
        return new KafkaStore(settings, maker, failures);
    }

    @Override
    public TransportAdmin admin() {
        return new KafkaAdmin(settings, registry, failures);
    }

    @Override
    public void close() {
        registry.close();
    }
}
