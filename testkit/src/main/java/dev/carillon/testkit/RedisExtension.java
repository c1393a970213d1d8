package dev.carillon.testkit;

import dev.carillon.bus.Settings;
import dev.carillon.embedded.EmbeddedRedis;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a test class a Redis, and each of its tests settings with a topic prefix of its own. Used through {@link WithRedis}. */
final class RedisExtension implements ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(RedisExtension.class);

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == EmbeddedRedis.class || type == Settings.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        EmbeddedRedis redis = outermostClass(context)
                .getStore(NAMESPACE)
                .computeIfAbsent(EmbeddedRedis.class, absent -> EmbeddedRedis.start(), EmbeddedRedis.class);
        if (parameter.getParameter().getType() == EmbeddedRedis.class) {
            return redis;
        }
        if (context.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException("Settings belong to one test: take them in the test itself or in"
                    + " @BeforeEach, not in " + parameter.getDeclaringExecutable());
        }
        return context.getStore(NAMESPACE).computeIfAbsent(Settings.class, absent -> settings(redis), Settings.class);
    }

    private static Settings settings(EmbeddedRedis redis) {
        return Settings.of(Map.of(
                "EVENT_BUS_PRODUCER",
                "redis",
                "EVENT_BUS_CONSUMER",
                "redis",
                "EVENT_BUS_REDIS_CONNECTION_URL",
                redis.url(),
                "EVENT_BUS_TOPIC_PREFIX",
                "test-" + UUID.randomUUID()));
    }

    /** Nested classes share the server of the class around them. */
    private static ExtensionContext outermostClass(ExtensionContext context) {
        ExtensionContext found = context;
        Optional<ExtensionContext> next = Optional.of(context);
        while (next.isPresent()) {
            if (next.get().getTestMethod().isEmpty()
                    && next.get().getTestClass().isPresent()) {
                found = next.get();
            }
            next = next.get().getParent();
        }
        return found;
    }
}
