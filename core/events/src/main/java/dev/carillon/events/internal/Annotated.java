package dev.carillon.events.internal;

import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/** The annotations of record components, in Java and in Kotlin. */
public final class Annotated {

    private Annotated() {}

    /**
     * The annotation of a component. For a property of Kotlin's {@code @JvmRecord data class}, it is at the field: Kotlin cannot annotate
     * record components.
     */
    public static <A extends Annotation> @Nullable A find(RecordComponent component, Class<A> type) {
        A own = component.getAnnotation(type);
        if (own != null) {
            return own;
        }
        try {
            return component
                    .getDeclaringRecord()
                    .getDeclaredField(component.getName())
                    .getAnnotation(type);
        } catch (NoSuchFieldException e) {
            throw new LinkageError("A record component without a field: " + component, e);
        }
    }

    /** Whether a component has this annotation. */
    public static boolean has(RecordComponent component, Class<? extends Annotation> type) {
        return find(component, type) != null;
    }

    /** Whether the type of a component is marked as nullable. Kotlin writes this at the accessor. */
    public static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                || component.getAccessor().getAnnotatedReturnType().isAnnotationPresent(Nullable.class);
    }
}
