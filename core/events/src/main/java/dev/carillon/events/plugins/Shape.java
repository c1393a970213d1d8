package dev.carillon.events.plugins;

import static java.lang.invoke.MethodType.methodType;

import dev.carillon.events.Event;
import dev.carillon.events.EventMetadata;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Optional;

/** The parameters of a receiver method. */
enum Shape {
    /** {@code (Event<T>)}. */
    EVENT {
        @Override
        boolean fits(Method method, Class<?> dataClass) {
            return method.getParameterCount() == 1
                    && method.getParameterTypes()[0] == Event.class
                    && holds(method.getGenericParameterTypes()[0], dataClass);
        }

        @Override
        MethodHandle adapt(MethodHandle method) {
            return method.asType(RECEIVER);
        }
    },
    /** {@code (T)}. */
    DATA {
        @Override
        boolean fits(Method method, Class<?> dataClass) {
            return method.getParameterCount() == 1 && method.getParameterTypes()[0].isAssignableFrom(dataClass);
        }

        @Override
        MethodHandle adapt(MethodHandle method) {
            return MethodHandles.filterArguments(method.asType(methodType(Object.class, Object.class)), 0, GET_DATA);
        }
    },
    /** {@code (T, EventMetadata)}. */
    DATA_AND_METADATA {
        @Override
        boolean fits(Method method, Class<?> dataClass) {
            return method.getParameterCount() == 2
                    && method.getParameterTypes()[0].isAssignableFrom(dataClass)
                    && method.getParameterTypes()[1] == EventMetadata.class;
        }

        @Override
        MethodHandle adapt(MethodHandle method) {
            MethodHandle ofTwo = method.asType(methodType(Object.class, Object.class, EventMetadata.class));
            MethodHandle ofTwoEvents = MethodHandles.filterArguments(ofTwo, 0, GET_DATA, GET_METADATA);
            return MethodHandles.permuteArguments(ofTwoEvents, RECEIVER, 0, 0);
        }
    };

    private static final MethodType RECEIVER = methodType(Object.class, Event.class);
    private static final MethodHandle GET_DATA = getter("data", Object.class);
    private static final MethodHandle GET_METADATA = getter("metadata", EventMetadata.class);

    /** The shape in which a method takes data of this class; empty when it takes none. */
    static Optional<Shape> of(Method method, Class<?> dataClass) {
        for (Shape shape : values()) {
            if (shape.fits(method, dataClass)) {
                return Optional.of(shape);
            }
        }
        return Optional.empty();
    }

    abstract boolean fits(Method method, Class<?> dataClass);

    /** Adapts a method (bound to its object) to one that takes an {@code Event} and returns an {@code Object}. */
    abstract MethodHandle adapt(MethodHandle method);

    /** Whether an event with such data can be passed to a parameter of this type. */
    private static boolean holds(Type eventType, Class<?> dataClass) {
        return !(eventType instanceof ParameterizedType parameterized)
                || erasure(parameterized.getActualTypeArguments()[0]).isAssignableFrom(dataClass);
    }

    private static Class<?> erasure(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType parameterized) {
            return erasure(parameterized.getRawType());
        }
        if (type instanceof WildcardType wildcard) {
            return erasure(wildcard.getUpperBounds()[0]);
        }
        return type instanceof TypeVariable<?> variable ? erasure(variable.getBounds()[0]) : Object.class;
    }

    private static MethodHandle getter(String name, Class<?> type) {
        try {
            return MethodHandles.lookup().findVirtual(Event.class, name, methodType(type));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
