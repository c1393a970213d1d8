package dev.carillon.avro;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Creates a record from its components' values, in order. Exceptions of the record's constructor propagate. */
interface RecordMaker {

    Object make(@Nullable Object[] values) throws Throwable;

    /** Creates no record: returns the single value. */
    static RecordMaker ofWhole() {
        return values -> values[0];
    }

    /** Calls the canonical constructor. */
    static RecordMaker of(Class<?> type, Lookup lookup) throws ReflectiveOperationException {
        Class<?>[] components = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        MethodHandle constructor = lookup.findConstructor(type, MethodType.methodType(void.class, components))
                .asSpreader(Object[].class, components.length)
                .asType(MethodType.methodType(Object.class, Object[].class));
        return values -> constructor.invokeExact(values);
    }
}
