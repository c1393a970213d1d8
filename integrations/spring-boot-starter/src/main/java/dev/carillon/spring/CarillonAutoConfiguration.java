package dev.carillon.spring;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.EventBusBuilder;
import dev.carillon.bus.EventConsumer;
import dev.carillon.bus.Outbox;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.FailurePolicy;
import dev.carillon.bus.consumer.FailurePolicy.KeyPolicy;
import dev.carillon.bus.interceptor.EventInterceptor;
import dev.carillon.bus.memory.MemoryBroker;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.events.Events;
import dev.carillon.events.EventsBuilder;
import dev.carillon.events.Signal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ResourceLoader;

/** The events, the bus, the receivers and the consumers of an application. */
@AutoConfiguration
@EnableConfigurationProperties(CarillonProperties.class)
public final class CarillonAutoConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(CarillonAutoConfiguration.class);

    CarillonAutoConfiguration() {}

    /** Wraps how an event is published, for example in a transaction. */
    interface PublishScope extends Consumer<Runnable> {}

    /** Is notified of each consumer before it starts. */
    interface ConsumerWatcher extends Consumer<EventConsumer> {}

    @Bean
    @ConditionalOnMissingBean
    Settings carillonSettings(
            ConfigurableEnvironment environment, CarillonProperties properties, ObjectProvider<Outbox> outbox) {
        return EnvironmentSettings.read(environment, properties, outbox.getIfAvailable() != null);
    }

    @Bean
    KnownSignals carillonSignals(BeanFactory beans, ObjectProvider<Signal<?>> signals, ResourceLoader loader) {
        List<String> packages = AutoConfigurationPackages.has(beans) ? AutoConfigurationPackages.get(beans) : List.of();
        ClassLoader classLoader = loader.getClassLoader();
        return new KnownSignals(
                signals.orderedStream().toList(),
                packages,
                classLoader == null ? KnownSignals.class.getClassLoader() : classLoader);
    }

    @Bean
    @ConditionalOnMissingBean
    Events carillonEvents(Settings settings, KnownSignals signals) {
        EventsBuilder builder = Events.builder().signals(signals.all());
        settings.serviceName().ifPresent(builder::serviceName);
        return builder.build();
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty(name = "carillon.broker", havingValue = "memory")
    MemoryBroker carillonMemoryBroker() {
        return new MemoryBroker();
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    EventBus carillonEventBus(
            Settings settings,
            Events events,
            ObjectProvider<MemoryBroker> memory,
            ObjectProvider<Outbox> outbox,
            ObjectProvider<EventInterceptor> interceptors,
            CarillonProperties properties,
            ListableBeanFactory beans) {
        EventBusBuilder builder = EventBus.builder(settings, events)
                .intercept(interceptors.orderedStream().toArray(EventInterceptor[]::new));
        memory.ifAvailable(builder::transport);
        outbox.ifAvailable(builder::outbox);
        String[] databases = beans.getBeanNamesForType(DataSource.class, true, false);
        if (databases.length > 1 && properties.outbox().enabled() && outbox.getIfAvailable() == null) {
            LOG.warn(
                    "Events are sent without an outbox, because none of the data sources {} is primary. Mark the one that has the"
                            + " outbox with @Primary, or set carillon.outbox.enabled=false",
                    List.of(databases));
        }
        return builder.open();
    }

    @Bean
    @ConditionalOnMissingBean
    EventPublisher carillonEventPublisher(
            Events events, KnownSignals signals, EventBus bus, ObjectProvider<PublishScope> scope) {
        return new EventPublisher(events, signals, scope.getIfAvailable(() -> Runnable::run));
    }

    @Bean
    ReceiverRegistry carillonReceiverRegistry() {
        return new ReceiverRegistry();
    }

    @Bean
    ReceiverRegistrar carillonReceiverRegistrar(
            ConfigurableListableBeanFactory beans,
            Events events,
            KnownSignals signals,
            ReceiverRegistry registry,
            CarillonProperties properties) {
        return new ReceiverRegistrar(
                beans,
                events,
                signals,
                registry,
                properties,
                () -> beans.getBeanProvider(OnceReceivers.class).getIfAvailable());
    }

    @Bean
    @ConditionalOnMissingBean
    EventConsumers carillonEventConsumers(
            EventBus bus,
            ReceiverRegistry registry,
            CarillonProperties properties,
            ObjectProvider<ConsumerCustomizer> customizers,
            ObjectProvider<ConsumerWatcher> watchers) {
        return new EventConsumers(
                bus,
                registry,
                (group, options) -> {
                    ConsumerOptions customized = registry.applyTo(options(properties.consumer(), options));
                    for (ConsumerCustomizer each : customizers.orderedStream().toList()) {
                        customized = each.customize(group, customized);
                    }
                    return customized;
                },
                consumer -> watchers.forEach(each -> each.accept(consumer)),
                properties.consumer().enabled());
    }

    private static ConsumerOptions options(CarillonProperties.Consumer properties, ConsumerOptions options) {
        return options.withConcurrency(properties.concurrency())
                .withStartAt(startAt(properties.startAt()))
                .withDrainTimeout(properties.drainTimeout())
                .withRetries(options.retries()
                        .withMaxAttempts(properties.attempts())
                        .withDelays(properties.initialDelay(), properties.maxDelay()))
                .withFailurePolicy(
                        switch (properties.onFailure()) {
                            case DEAD_LETTER -> FailurePolicy.deadLetters();
                            case BLOCK_KEY -> FailurePolicy.deadLetters(KeyPolicy.BLOCK);
                            case LOG -> FailurePolicy.logAndAcknowledge();
                        });
    }

    private static StartAt startAt(String text) {
        try {
            return switch (text) {
                case "latest" -> StartAt.latest();
                case "earliest" -> StartAt.earliest();
                default -> StartAt.time(Instant.parse(text));
            };
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "carillon.consumer.start-at must be latest, earliest or a time such as 2026-01-31T00:00:00Z, but was "
                            + text,
                    e);
        }
    }
}
