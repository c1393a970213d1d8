package dev.carillon.events.plugins;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Constructor;
import org.jspecify.annotations.Nullable;

/**
 * The plugin method that receives events.
 *
 * @param type its class
 * @param shape its parameters
 * @param handle the method; when there is a constructor, with the object first
 * @param constructor creates the object that it is called on; null when it is static
 */
record ReceiverMethod(
        Class<?> type,
        Shape shape,
        MethodHandle handle,
        @Nullable Constructor<?> constructor) {}
