package dev.carillon.avro;

import java.lang.invoke.LambdaConversionException;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads one component of a record. The functions are classes that the JVM generates as it does for {@code Data::name}, so a
 * call costs as much as a method call.
 */
final class Accessor {

    private final Lookup lookup;
    private final MethodHandle getter;
    private volatile @Nullable Function<Object, Object> ofReference;

    /**
     * @param lookup a lookup that may call the getter
     * @param getter takes a record and returns the component
     */
    Accessor(Lookup lookup, MethodHandle getter) {
        this.lookup = lookup;
        this.getter = getter;
    }

    /** Returns the data themselves, for use without an enclosing record. */
    static Accessor ofWhole() {
        try {
            Lookup own = MethodHandles.lookup();
            MethodType type = MethodType.methodType(Object.class, Object.class);
            return new Accessor(own, own.findStatic(Accessor.class, "whole", type));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Accessor.whole must be there", e);
        }
    }

    @SuppressWarnings("UnusedMethod") // by its handle
    private static Object whole(Object data) {
        return data;
    }

    /** The declared class of the component. */
    Class<?> type() {
        return getter.type().returnType();
    }

    /** Returns the component as an object; a primitive is boxed. Created once, because both Avro and JSON need it. */
    @SuppressWarnings("unchecked")
    Function<Object, Object> ofReference() {
        Function<Object, Object> made = ofReference;
        if (made == null) {
            Class<?> boxed = getter.type().wrap().returnType();
            made = (Function<Object, Object>) function(Function.class, "apply", Object.class, boxed);
            ofReference = made;
        }
        return made;
    }

    @SuppressWarnings("unchecked")
    Predicate<Object> ofBoolean() {
        return (Predicate<Object>) function(Predicate.class, "test", boolean.class, boolean.class);
    }

    @SuppressWarnings("unchecked")
    ToIntFunction<Object> ofInt() {
        return (ToIntFunction<Object>) function(ToIntFunction.class, "applyAsInt", int.class, int.class);
    }

    @SuppressWarnings("unchecked")
    ToLongFunction<Object> ofLong() {
        return (ToLongFunction<Object>) function(ToLongFunction.class, "applyAsLong", long.class, long.class);
    }

    @SuppressWarnings("unchecked")
    ToDoubleFunction<Object> ofDouble() {
        return (ToDoubleFunction<Object>) function(ToDoubleFunction.class, "applyAsDouble", double.class, double.class);
    }

    private Object function(Class<?> function, String method, Class<?> returned, Class<?> actual) {
        if (!lookup.hasFullPrivilegeAccess()) {
            // the record is in another named module, where the JVM generates no class for us: slower, same result
            return MethodHandleProxies.asInterfaceInstance(
                    function, getter.asType(MethodType.methodType(returned, Object.class)));
        }
        try {
            return LambdaMetafactory.metafactory(
                            lookup,
                            method,
                            MethodType.methodType(function),
                            MethodType.methodType(returned, Object.class),
                            getter,
                            MethodType.methodType(actual, getter.type().parameterType(0)))
                    .getTarget()
                    .invoke();
        } catch (LambdaConversionException e) {
            throw new IllegalArgumentException("No way to read a component through " + getter, e);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
