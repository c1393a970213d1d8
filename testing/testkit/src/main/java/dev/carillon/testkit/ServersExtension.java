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
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts the servers of a broker for a test class, and gives each test settings with a different topic prefix.
 *
 * @param <S> the servers, started and closed as one
 */
abstract class ServersExtension<S extends AutoCloseable> implements ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(ServersExtension.class);

    private final Class<S> type;
    private final Supplier<S> start;
    private final Map<Class<?>, Function<S, Object>> parameters;
    private final Function<S, Map<String, String>> settings;

    /**
     * @param start called once per class
     * @param parameters the server for each parameter type
     * @param settings how to reach the servers
     */
    ServersExtension(
            Class<S> type,
            Supplier<S> start,
            Map<Class<?>, Function<S, Object>> parameters,
            Function<S, Map<String, String>> settings) {
        this.type = type;
        this.start = start;
        this.parameters = parameters;
        this.settings = settings;
    }

    @Override
    public final ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public final boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> asked = parameter.getParameter().getType();
        return asked == Settings.class || parameters.containsKey(asked);
    }

    @Override
    public final Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        S servers = outermostClass(context).getStore(NAMESPACE).computeIfAbsent(type, absent -> start.get(), type);
        Function<S, Object> server = parameters.get(parameter.getParameter().getType());
        if (server != null) {
            return server.apply(servers);
        }
        if (context.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException("Settings belong to one test: take them in the test itself or in"
                    + " @BeforeEach, not in " + parameter.getDeclaringExecutable());
        }
        return context.getStore(NAMESPACE).computeIfAbsent(Settings.class, absent -> settings(servers), Settings.class);
    }

    private Settings settings(S servers) {
        Map<String, String> all = new HashMap<>(settings.apply(servers));
        all.put("EVENT_BUS_TOPIC_PREFIX", "test-" + UUID.randomUUID());
        return Settings.of(all);
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
