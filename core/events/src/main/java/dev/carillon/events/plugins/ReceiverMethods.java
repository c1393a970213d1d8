package dev.carillon.events.plugins;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import dev.carillon.events.internal.NearestNames;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the method of one declared receiver, or reports why there is none. */
final class ReceiverMethods {

    private final Class<?> type;
    private final String name;

    private ReceiverMethods(Class<?> type, String name) {
        this.type = type;
        this.name = name;
    }

    /**
     * The method that a declaration names.
     *
     * @param signal the signal to receive; null when it is unknown, so that only the rest can be checked
     * @throws InvalidReceiverException naming the problem
     */
    static @Nullable ReceiverMethod find(Declaration declaration, @Nullable Signal<?> signal, ClassLoader classPath)
            throws InvalidReceiverException {
        String className = declaration.className();
        try {
            Class<?> type = Class.forName(className, false, classPath);
            return new ReceiverMethods(type, declaration.methodName()).find(signal);
        } catch (ClassNotFoundException e) {
            throw new InvalidReceiverException(
                    "class " + className + " (made of 'name' and 'relative_path') is not on the class path");
        } catch (LinkageError e) {
            throw new InvalidReceiverException("class " + className + " cannot be loaded: " + e);
        }
    }

    private @Nullable ReceiverMethod find(@Nullable Signal<?> signal) throws InvalidReceiverException {
        if (!Modifier.isPublic(type.getModifiers())) {
            throw new InvalidReceiverException("class " + type.getName() + " must be public");
        }
        List<Method> named = named();
        return signal == null ? null : receiverMethod(fitting(named, signal), signal);
    }

    private List<Method> named() throws InvalidReceiverException {
        List<Method> methods = Arrays.stream(type.getMethods())
                .filter(method -> method.getDeclaringClass() != Object.class && !method.isSynthetic())
                .toList();
        List<Method> named =
                methods.stream().filter(method -> method.getName().equals(name)).toList();
        if (!named.isEmpty()) {
            return named;
        }
        if (Arrays.stream(type.getDeclaredMethods())
                .anyMatch(method -> method.getName().equals(name))) {
            throw new InvalidReceiverException("method " + name + " of " + type.getName() + " must be public");
        }
        throw new InvalidReceiverException("class " + type.getName() + " has no method '" + name + "'"
                + NearestNames.question(
                        name, methods.stream().map(Method::getName).collect(toSet())));
    }

    private Method fitting(List<Method> named, Signal<?> signal) throws InvalidReceiverException {
        List<Method> fitting = named.stream()
                .filter(method -> Shape.of(method, signal.dataClass()).isPresent())
                .toList();
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        if (fitting.isEmpty()) {
            String data = signal.dataClass().getName();
            throw new InvalidReceiverException("the parameters of " + name + " must be (Event<" + data + ">), (" + data
                    + ") or (" + data + ", EventMetadata), but are " + parameters(named));
        }
        throw new InvalidReceiverException("several methods of " + type.getName() + " fit: " + name
                + " with the parameters " + parameters(fitting) + "; give one another name");
    }

    private ReceiverMethod receiverMethod(Method method, Signal<?> signal) throws InvalidReceiverException {
        Shape shape = Shape.of(method, signal.dataClass()).orElseThrow();
        try {
            return new ReceiverMethod(
                    type,
                    shape,
                    MethodHandles.publicLookup().unreflect(method),
                    Modifier.isStatic(method.getModifiers()) ? null : constructor());
        } catch (IllegalAccessException e) {
            throw new InvalidReceiverException(
                    "class " + type.getName() + " must be in a package that its module exports: " + e.getMessage());
        }
    }

    private Constructor<?> constructor() throws InvalidReceiverException {
        if (!Modifier.isAbstract(type.getModifiers())) {
            for (Class<?>[] parameters : List.<Class<?>[]>of(new Class<?>[] {Events.class}, new Class<?>[0])) {
                try {
                    return type.getConstructor(parameters);
                } catch (NoSuchMethodException e) {
                    // the next one, or reported below
                }
            }
        }
        throw new InvalidReceiverException("method " + name + " of " + type.getName()
                + " must be static, or its class have a public constructor without parameters,"
                + " or with one of the type Events");
    }

    private static String parameters(List<Method> methods) {
        return methods.stream().map(ReceiverMethods::parameters).sorted().collect(joining(" and "));
    }

    private static String parameters(Method method) {
        return Arrays.stream(method.getGenericParameterTypes())
                .map(Type::getTypeName)
                .collect(joining(", ", "(", ")"));
    }

    /** Why a declared receiver cannot be bound. */
    static final class InvalidReceiverException extends Exception {
        InvalidReceiverException(String message) {
            super(message);
        }
    }
}
