package dev.carillon.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.avro.EventCodec;
import dev.carillon.events.Pii;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Replaces all personal texts by a unique text, and searches for it where it must not appear. */
final class MaskedData {

    private static final String PERSONAL = "Ada.Personal@example.org";

    private MaskedData() {}

    static void assertMasked(EventCodec<Object> codec, Object data) {
        Object marked = marked(data, false);
        assertThat(marked.toString()).doesNotContain(PERSONAL);
        assertThat(codec.json().writeMasked(marked)).doesNotContain(PERSONAL);
    }

    private static Object marked(Object value, boolean personal) {
        if (value instanceof Record data) {
            return marked(data, personal);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(each -> marked(each, personal)).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, each) -> copy.put(marked(key, personal), marked(each, personal)));
            return copy;
        }
        return personal && value instanceof String ? PERSONAL : value;
    }

    private static Object marked(Record data, boolean personal) {
        RecordComponent[] components = data.getClass().getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] values = new @Nullable Object[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                Object value = components[i].getAccessor().invoke(data);
                boolean pii = personal || components[i].isAnnotationPresent(Pii.class);
                values[i] = value == null ? null : marked(value, pii);
            }
            return data.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            return data; // a record that does not take the text
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
