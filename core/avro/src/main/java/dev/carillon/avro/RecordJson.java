package dev.carillon.avro;

import dev.carillon.events.internal.NearestNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A record as a JSON object. */
final class RecordJson {

    private final RecordType type;
    private final List<Component> components;
    private final List<Function<Object, Object>> accessors;
    private final Map<String, Integer> slots = new HashMap<>();

    RecordJson(RecordType type) {
        this.type = type;
        this.components = type.components();
        this.accessors =
                components.stream().map(c -> c.accessor().ofReference()).toList();
        components.forEach(component -> slots.put(component.name(), slots.size()));
    }

    void write(Object data, JsonOutput out) {
        out.startObject();
        for (int i = 0; i < accessors.size(); i++) {
            Component component = components.get(i);
            try {
                out.name(component.name());
                write(component, accessors.get(i).apply(data), out);
            } catch (RuntimeException e) {
                throw DataProblem.of(e).inComponent(component);
            }
        }
        out.endObject();
    }

    private static void write(Component component, @Nullable Object value, JsonOutput out) {
        if (component.pii() && out.masksPii()) {
            out.mask();
        } else if (value != null) {
            component.type().writeJson(value, out);
        } else if (component.nullable()) {
            out.nothing();
        } else {
            throw component.type().missingComponent();
        }
    }

    Object read(JsonInput in) {
        in.startObject(type.expected());
        @Nullable Object[] values = type.defaults();
        boolean[] there = new boolean[values.length];
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            int slot = slot(name);
            Component component = components.get(slot);
            try {
                if (there[slot]) {
                    throw DataProblem.of("occurs twice");
                }
                in.nextValue();
                there[slot] = true;
                values[slot] = component.nullable() && in.isNull()
                        ? null
                        : component.type().readJson(in);
            } catch (DataProblem e) {
                throw e.inComponent(component);
            }
        }
        requireAll(there);
        return type.make(values, DataProblem.NOWHERE);
    }

    private int slot(String name) {
        Integer slot = slots.get(name);
        if (slot == null) {
            throw DataProblem.of("is no field of " + type.name() + NearestNames.question(name, slots.keySet()))
                    .inField(name);
        }
        return slot;
    }

    private void requireAll(boolean[] there) {
        for (int i = 0; i < there.length; i++) {
            Component component = components.get(i);
            if (!there[i] && !component.optional()) {
                throw DataProblem.of("must be " + component.type().expected() + ", but is missing")
                        .inComponent(component);
            }
        }
    }
}
