package dev.carillon.events.plugins;

import dev.carillon.events.Event;
import dev.carillon.events.Receiver;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.UndeclaredThrowableException;
import org.jspecify.annotations.Nullable;

/** A receiver that is a method. */
final class MethodReceiver implements Receiver<Object> {

    /** Takes an {@code Event}, returns an {@code Object}. */
    private final MethodHandle handle;

    MethodReceiver(MethodHandle handle) {
        this.handle = handle;
    }

    @Override
    public void receive(Event<Object> event) throws Exception {
        respond(event);
    }

    @Override
    public @Nullable Object respond(Event<Object> event) throws Exception {
        try {
            return (Object) handle.invokeExact(event);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new UndeclaredThrowableException(e);
        }
    }
}
