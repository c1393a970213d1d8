package dev.carillon.testkit;

import dev.carillon.bus.memory.MemoryBroker;
import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
            return store.computeIfAbsent(MemoryBroker.class, absent -> new MemoryBroker(), MemoryBroker.class);
        }
        Events events = store.computeIfAbsent(Events.class, absent -> events(context), Events.class);
        return type == Events.class
                ? events
                : store.computeIfAbsent(
                        EventRecorder.class, absent -> EventRecorder.ofAll(events), EventRecorder.class);
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
        Events events = Events.builder()
                .serviceName(annotation.map(CarillonTest::service).orElse("test"))
                .failFast(!annotation.map(CarillonTest::receiversMayFail).orElse(false))
                .build();
        List<String> names = annotation.map(CarillonTest::enabled).map(List::of).orElse(List.of(CarillonTest.ALL));
        if (!names.contains(CarillonTest.ALL)) {
            Set<Signal<?>> enabled = new HashSet<>();
            names.forEach(name -> enabled.add(events.signals().get(name)));
            events.signals().all().stream()
                    .filter(signal -> !enabled.contains(signal))
                    .forEach(events::disable);
        }
        return events;
    }

    /** The nearest one: on the method, the class, or a class around it. */
    private static Optional<CarillonTest> annotation(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getTestMethod(), CarillonTest.class)
                .or(() -> AnnotationSupport.findAnnotation(
                        context.getRequiredTestClass(), CarillonTest.class, context.getEnclosingTestClasses()));
    }
}
