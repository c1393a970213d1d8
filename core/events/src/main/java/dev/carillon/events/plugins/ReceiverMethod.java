package dev.carillon.events.plugins;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Constructor;
import org.jspecify.annotations.Nullable;

/**
 * The method of a plugin that hears events.
 *
 * @param type its class
 * @param shape what it takes
 * @param handle the method; when there is a constructor, with the object first
 * @param constructor makes the object that it belongs to; null when it is static
 */
record ReceiverMethod(
        Class<?> type,
        Shape shape,
        MethodHandle handle,
        @Nullable Constructor<?> constructor) {}
