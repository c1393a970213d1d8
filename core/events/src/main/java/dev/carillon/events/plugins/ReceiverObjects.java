package dev.carillon.events.plugins;

import dev.carillon.events.Events;
import dev.carillon.events.Receiver;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Creates the objects of receiver methods, one per class. This is the first plugin code that runs. */
final class ReceiverObjects {

    private final Events events;
    private final Problems problems;
    private final Map<Class<?>, Object> objects = new HashMap<>();

    ReceiverObjects(Events events, Problems problems) {
        this.events = events;
        this.problems = problems;
    }

    /** A receiver for each binding, in order. Bindings whose class or object cannot be created are omitted. */
    Map<Binding, Receiver<Object>> receivers(List<Binding> bindings) {
        Map<Binding, Receiver<Object>> receivers = new LinkedHashMap<>();
        for (Binding binding : bindings) {
            try {
                receivers.put(binding, receiver(binding.method()));
            } catch (InvocationTargetException e) {
                problems.add(
                        binding.declaration().place(),
                        "the constructor of " + binding.method().type().getName() + " failed: " + e.getCause());
            } catch (ReflectiveOperationException | LinkageError e) {
                problems.add(
                        binding.declaration().place(),
                        "class " + binding.method().type().getName() + " cannot be used: " + causeOf(e));
            }
        }
        return receivers;
    }

    private Receiver<Object> receiver(ReceiverMethod method) throws ReflectiveOperationException {
        Class<?> type = method.type();
        Class.forName(type.getName(), true, type.getClassLoader()); // a static initializer fails here or never
        @Nullable Constructor<?> constructor = method.constructor();
        MethodHandle handle =
                constructor == null ? method.handle() : method.handle().bindTo(object(type, constructor));
        return new MethodReceiver(method.shape().adapt(handle));
    }

    private Object object(Class<?> type, Constructor<?> constructor) throws ReflectiveOperationException {
        Object made = objects.get(type);
        if (made == null) {
            made = constructor.getParameterCount() == 0 ? constructor.newInstance() : constructor.newInstance(events);
            objects.put(type, made);
        }
        return made;
    }

    private static Throwable causeOf(Throwable e) {
        return e instanceof ExceptionInInitializerError && e.getCause() != null ? e.getCause() : e;
    }
}
