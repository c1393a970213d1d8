package dev.carillon.testkit;

import dev.carillon.bus.memory.MemoryBroker;
import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import dev.carillon.events.Signals;
import dev.carillon.events.internal.NearestNames;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Gives each test its own {@link Events}, {@link EventRecorder} and {@link MemoryBroker}. Used through {@link CarillonTest}, or
 * by itself for the defaults.
 */
public final class CarillonExtension implements ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(CarillonExtension.class);

    private static final Set<Class<?>> GIVEN = Set.of(Events.class, EventRecorder.class, MemoryBroker.class);

    /** For JUnit. */
    public CarillonExtension() {}

    /** Parameters of a test class constructor belong to the test too. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return GIVEN.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        requireTest(parameter, context);
        ExtensionContext.Store store = context.getStore(NAMESPACE);
        if (type == MemoryBroker.class) {
            return Stored.get(store, MemoryBroker.class, MemoryBroker::new);
        }
        Events events = Stored.get(store, Events.class, () -> events(context));
        return type == Events.class
                ? events
                : Stored.get(store, EventRecorder.class, () -> EventRecorder.ofAll(events));
    }

    /** Refuses a parameter that each test has of its own where it would be shared, such as in {@code @BeforeAll}. */
    static void requireTest(ParameterContext parameter, ExtensionContext context) {
        if (context.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException(
                    parameter.getParameter().getType().getSimpleName()
                            + " belongs to one test: take it in the test itself or in @BeforeEach, not in "
                            + parameter.getDeclaringExecutable());
        }
    }

    private static Events events(ExtensionContext context) {
        Optional<CarillonTest> annotation = annotation(context);
        return Events.builder()
                .serviceName(annotation.map(CarillonTest::service).orElse("test"))
                .failFast(!annotation.map(CarillonTest::receiversMayFail).orElse(false))
                .enabled(
                        annotation.map(each -> enabled(List.of(each.enabled()))).orElse(signal -> true))
                .build();
    }

    private static Predicate<Signal<?>> enabled(List<String> names) {
        if (names.contains(CarillonTest.ALL)) {
            return signal -> true;
        }
        Signals known = Signals.discovered();
        Set<String> types = names.stream().map(name -> eventType(name, known)).collect(Collectors.toSet());
        return signal -> types.contains(signal.eventType());
    }

    /** Of a signal without a provider, the name is its event type; a name like that of a known signal is mistyped. */
    private static String eventType(String name, Signals known) {
        List<String> all = known.all().stream()
                .flatMap(signal -> Stream.concat(Stream.of(signal.eventType()), signal.pythonPath().stream()))
                .toList();
        boolean isOfNoProvider =
                known.find(name).isEmpty() && NearestNames.of(name, all, 1).isEmpty();
        return isOfNoProvider ? name : known.get(name).eventType();
    }

    /** The nearest one: on the method, the class, or a class around it. */
    private static Optional<CarillonTest> annotation(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getTestMethod(), CarillonTest.class)
                .or(() -> AnnotationSupport.findAnnotation(
                        context.getRequiredTestClass(), CarillonTest.class, context.getEnclosingTestClasses()));
    }
}
