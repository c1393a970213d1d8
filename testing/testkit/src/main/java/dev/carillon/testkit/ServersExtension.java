package dev.carillon.testkit;

import dev.carillon.bus.config.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts servers for a test class, and gives each test something of its own on them.
 *
 * @param <S> the servers, started and closed as one
 * @param <T> what each test has of its own
 */
abstract class ServersExtension<S extends AutoCloseable, T> implements ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(ServersExtension.class);

    private final Class<S> type;
    private final Supplier<S> start;
    private final Map<Class<?>, Function<S, Object>> parameters;
    private final Class<T> typePerTest;
    private final Function<S, T> createPerTest;

    /**
     * @param start called once per class
     * @param parameters the server for each parameter type
     * @param createPerTest called once per test that has such a parameter
     */
    ServersExtension(
            Class<S> type,
            Supplier<S> start,
            Map<Class<?>, Function<S, Object>> parameters,
            Class<T> typePerTest,
            Function<S, T> createPerTest) {
        this.type = type;
        this.start = start;
        this.parameters = parameters;
        this.typePerTest = typePerTest;
        this.createPerTest = createPerTest;
    }

    /** The settings, with a topic prefix that no other test has. */
    static Settings withOwnTopics(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("EVENT_BUS_TOPIC_PREFIX", "test-" + UUID.randomUUID());
        return Settings.of(all);
    }

    @Override
    public final ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public final boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> asked = parameter.getParameter().getType();
        return asked == typePerTest || parameters.containsKey(asked);
    }

    @Override
    public final Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> asked = parameter.getParameter().getType();
        if (asked == typePerTest) {
            CarillonExtension.requireTest(parameter, context);
        }
        S servers = Stored.get(outermostClass(context).getStore(NAMESPACE), type, start);
        Function<S, Object> server = parameters.get(asked);
        return server != null
                ? server.apply(servers)
                : Stored.get(context.getStore(NAMESPACE), typePerTest, () -> createPerTest.apply(servers));
    }

    /** Nested classes share the servers of the class around them. */
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
