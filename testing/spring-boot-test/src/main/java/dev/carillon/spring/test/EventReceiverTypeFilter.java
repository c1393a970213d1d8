package dev.carillon.spring.test;

import java.util.Set;
import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;

/** Leaves only the components that {@link EventReceiverTest} names. */
final class EventReceiverTypeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<EventReceiverTest> {

    private final Set<Class<?>> components;

    EventReceiverTypeFilter(Class<?> testClass) {
        super(testClass);
        components = Set.of(getAnnotation().getValue("receivers", Class[].class).orElseGet(() -> new Class<?>[0]));
    }

    /** None but those that are named: this annotation has no filters of its own. */
    @Override
    protected boolean isUseDefaultFilters() {
        return true;
    }

    @Override
    protected Set<Class<?>> getComponentIncludes() {
        return components;
    }
}
