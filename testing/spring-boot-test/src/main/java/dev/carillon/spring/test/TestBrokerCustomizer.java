package dev.carillon.spring.test;

import dev.carillon.embedded.EmbeddedRedis;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.support.TestPropertySourceUtils;
import org.springframework.util.ClassUtils;

/** Gives an application context its broker. Equal for equal brokers, so that tests share contexts. */
final class TestBrokerCustomizer implements ContextCustomizer {

    private static final String SOURCE = "Carillon test broker";
    private static final Set<String> OF_THE_TEST =
            Set.of(TestPropertySourceUtils.INLINED_PROPERTIES_PROPERTY_SOURCE_NAME, "Dynamic Test Properties");
    private static final String KAFKA = "dev.carillon.embedded.kafka.EmbeddedKafka";

    private final TestBroker broker;

    TestBrokerCustomizer(TestBroker broker) {
        this.broker = broker;
    }

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        new AnnotatedBeanDefinitionReader((BeanDefinitionRegistry) context.getBeanFactory())
                .register(TestBrokerBeans.class);
        addBelowThoseOfTheTest(
                context.getEnvironment().getPropertySources(), new MapPropertySource(SOURCE, properties(context)));
    }

    /** What the test itself names takes precedence. */
    private static void addBelowThoseOfTheTest(MutablePropertySources sources, MapPropertySource added) {
        @Nullable String last = null;
        for (PropertySource<?> source : sources) {
            if (OF_THE_TEST.contains(source.getName())) {
                last = source.getName();
            }
        }
        if (last == null) {
            sources.addFirst(added);
        } else {
            sources.addAfter(last, added);
        }
    }

    private Map<String, Object> properties(ConfigurableApplicationContext context) {
        String name = broker.name().toLowerCase(Locale.ROOT);
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("carillon.broker", name);
        properties.put("EVENT_BUS_PRODUCER", name);
        properties.put("EVENT_BUS_CONSUMER", name);
        properties.put("carillon.consumer.start-at", "earliest");
        properties.put("carillon.consumer.initial-delay", "1ms");
        properties.put("carillon.consumer.max-delay", "10ms");
        switch (broker) {
            case MEMORY -> properties.put("EVENT_BUS_MEMORY_CONSUMER_POLL_TIMEOUT", "0.02");
            case REDIS -> properties.put("EVENT_BUS_REDIS_CONNECTION_URL", startRedis(context));
            case KAFKA -> properties.putAll(kafka());
        }
        return properties;
    }

    /** Stops after all beans, because it is the first one that the context learns of. */
    private static String startRedis(ConfigurableApplicationContext context) {
        EmbeddedRedis redis = EmbeddedRedis.start();
        DefaultSingletonBeanRegistry beans = (DefaultSingletonBeanRegistry) context.getBeanFactory();
        beans.registerSingleton("carillonEmbeddedRedis", redis);
        beans.registerDisposableBean("carillonEmbeddedRedis", redis::close);
        return redis.url();
    }

    private static Map<String, Object> kafka() {
        if (!ClassUtils.isPresent(KAFKA, TestBrokerCustomizer.class.getClassLoader())) {
            throw new IllegalStateException(
                    "TestBroker.KAFKA needs carillon-embedded-kafka on the class path of the tests");
        }
        Map<String, Object> properties = new LinkedHashMap<>(SharedKafka.settings());
        properties.put("EVENT_BUS_TOPIC_PREFIX", "test-" + UUID.randomUUID());
        return properties;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TestBrokerCustomizer customizer && customizer.broker == broker;
    }

    @Override
    public int hashCode() {
        return broker.hashCode();
    }
}
