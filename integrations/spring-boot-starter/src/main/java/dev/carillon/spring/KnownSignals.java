package dev.carillon.spring;

import dev.carillon.events.Signal;
import dev.carillon.events.Signals;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** The signals of an application: those of providers on the class path, its beans, and its records that are marked {@link EventType}. */
final class KnownSignals {

    private final Signals signals;

    KnownSignals(Collection<? extends Signal<?>> beans, Collection<String> packages, ClassLoader classLoader) {
        List<Signal<?>> all = new ArrayList<>(Signals.discovered().all());
        all.addAll(beans);
        scan(packages, classLoader).stream().map(KnownSignals::signalOf).forEach(all::add);
        this.signals = Signals.of(all);
    }

    private static List<Class<?>> scan(Collection<String> packages, ClassLoader classLoader) {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(EventType.class));
        return packages.stream()
                .flatMap(each -> scanner.findCandidateComponents(each).stream())
                .map(BeanDefinition::getBeanClassName)
                .distinct()
                .<Class<?>>map(name -> ClassUtils.resolveClassName(String.valueOf(name), classLoader))
                .toList();
    }

    private static Signal<?> signalOf(Class<?> dataClass) {
        EventType type = dataClass.getAnnotation(EventType.class);
        return Signal.of(type.value(), type.key(), dataClass).withMinorVersion(type.minorVersion());
    }

    Signals all() {
        return signals;
    }

    /** The one signal with this data class. */
    Signal<?> ofDataClass(Class<?> dataClass) {
        Set<Signal<?>> found = signals.all().stream()
                .filter(signal -> signal.dataClass() == dataClass)
                .collect(Collectors.toSet());
        if (found.size() == 1) {
            return found.iterator().next();
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("No known event has data of " + dataClass.getName()
                    + ": mark the record with @EventType, or define a bean of type Signal");
        }
        throw new IllegalArgumentException("Several events have data of " + dataClass.getName() + ": name one of "
                + found.stream().map(Signal::eventType).sorted().collect(Collectors.joining(", ")));
    }
}
