package dev.carillon.spring;

import dev.carillon.events.Event;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.Receiver;
import dev.carillon.events.Signal;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/**
 * A bean method that is a receiver: what it takes of an event, and how it is called. Resolved once, then called for each event without
 * reflection.
 */
final class ReceiverMethod {

    private static final MethodType CALL =
            MethodType.methodType(Object.class, Object.class, Object.class, Object.class);

    private final String name;
    private final Shape shape;
    private final Class<?> dataClass;
    private final Method method;

    /** What the method takes. */
    private enum Shape {
        DATA,
        EVENT,
        DATA_AND_METADATA
    }

    private ReceiverMethod(String name, Shape shape, Class<?> dataClass, Method method) {
        this.name = name;
        this.shape = shape;
        this.dataClass = dataClass;
        this.method = method;
    }

    /** A method as it is declared in the bean's class. */
    static ReceiverMethod of(Method method) {
        String name = method.getDeclaringClass().getName() + "." + method.getName();
        Class<?>[] types = method.getParameterTypes();
        if (types.length == 1 && types[0] == Event.class) {
            Class<?> data =
                    ResolvableType.forMethodParameter(method, 0).getGeneric(0).resolve(Object.class);
            return new ReceiverMethod(name, Shape.EVENT, data, method);
        }
        if (types.length == 1 && types[0] != EventMetadata.class) {
            return new ReceiverMethod(name, Shape.DATA, types[0], method);
        }
        if (types.length == 2 && types[1] == EventMetadata.class) {
            return new ReceiverMethod(name, Shape.DATA_AND_METADATA, types[0], method);
        }
        throw new ReceiverDefinitionException(
                "The @EventReceiver " + name + " takes "
                        + Arrays.stream(types).map(Class::getSimpleName).toList(),
                "Let it take the data of the event, or Event<…>, or the data and then EventMetadata.");
    }

    /** The class and name of the method, for messages. */
    String name() {
        return name;
    }

    /** The class of the data that it takes. */
    Class<?> dataClass() {
        return dataClass;
    }

    /** Refuses data that the signal does not have. */
    void requireDataOf(Signal<?> signal) {
        if (!dataClass.isAssignableFrom(signal.dataClass())) {
            throw new ReceiverDefinitionException(
                    "The @EventReceiver " + name + " takes a " + dataClass.getSimpleName() + ", but the data of "
                            + signal.eventType() + " are a "
                            + signal.dataClass().getName(),
                    "Take " + signal.dataClass().getSimpleName() + ", or name another event.");
        }
    }

    /**
     * A receiver that calls this method.
     *
     * @param invocable the same method in the class of the bean, which may be a proxy
     * @param bean supplies the bean for each event
     */
    <T> Receiver<T> receiver(Method invocable, Supplier<Object> bean) {
        MethodHandle handle = handle(invocable);
        return switch (shape) {
            case DATA -> event -> call(handle, bean.get(), event.data(), null);
            case EVENT -> event -> call(handle, bean.get(), event, null);
            case DATA_AND_METADATA -> event -> call(handle, bean.get(), event.data(), event.metadata());
        };
    }

    private MethodHandle handle(Method invocable) {
        invocable.setAccessible(true);
        try {
            MethodHandle handle = MethodHandles.lookup().unreflect(invocable);
            return (shape == Shape.DATA_AND_METADATA ? handle : MethodHandles.dropArguments(handle, 2, Object.class))
                    .asType(CALL);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Cannot call " + name, e);
        }
    }

    @SuppressWarnings("NullAway") // a method without metadata drops the last argument
    private static void call(MethodHandle handle, Object bean, Object first, @Nullable Object second) throws Exception {
        Object result;
        try {
            result = handle.invokeExact(bean, first, second);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        if (result instanceof Future<?> future) {
            await(future);
        } else if (result instanceof CompletionStage<?> stage) {
            await(stage.toCompletableFuture());
        }
    }

    /** Work that goes on elsewhere is part of the receiver: its failure must be retried, and the event not acknowledged before. */
    private static void await(Future<?> future) throws Exception {
        try {
            future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception failure) {
                throw failure;
            }
            throw e;
        }
    }

    @Override
    public String toString() {
        return method.toGenericString();
    }
}
