package dev.carillon.avro;

import static dev.carillon.events.internal.PythonJson.quote;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A record, whose components are the fields on the wire. */
final class RecordType extends DataType {

    private final String name;
    private final List<Component> components;
    private final RecordMaker maker;
    private final FieldWriter[] writers;
    private final ValueReader[] readers;
    private final @Nullable Object[] defaults;
    private final boolean containsPii;
    private volatile @Nullable RecordJson json;

    RecordType(String name, List<Component> components, RecordMaker maker) {
        this.name = name;
        this.components = List.copyOf(components);
        this.maker = maker;
        this.writers = components.stream().map(Component::writer).toArray(FieldWriter[]::new);
        this.defaults = components.stream().map(Component::defaultValue).toArray();
        this.containsPii = components.stream().anyMatch(Component::containsPii);
        this.readers = components.stream().map(Component::reader).toArray(ValueReader[]::new);
    }

    String name() {
        return name;
    }

    List<Component> components() {
        return components;
    }

    @Override
    String expected() {
        return "an object (" + name + ")";
    }

    @Override
    void appendSchema(StringBuilder schema, Set<String> defined) {
        if (!defined.add(name)) {
            schema.append(quote(name));
            return;
        }
        schema.append('{');
        appendFields(schema, defined);
        schema.append(", \"name\": ").append(quote(name)).append(", \"type\": \"record\"}");
    }

    /** Appends the list of fields, the only part that an event shares with its nested records. */
    void appendFields(StringBuilder schema, Set<String> defined) {
        schema.append("\"fields\": [");
        String separator = "";
        for (Component component : components) {
            schema.append(separator);
            appendField(schema, defined, component);
            separator = ", ";
        }
        schema.append(']');
    }

    private static void appendField(StringBuilder schema, Set<String> defined, Component component) {
        schema.append(component.nullable() ? "{\"default\": null, \"name\": " : "{\"name\": ")
                .append(quote(component.name()))
                .append(component.nullable() ? ", \"type\": [\"null\", " : ", \"type\": ");
        component.type().appendSchema(schema, defined);
        schema.append(component.nullable() ? "]}" : "}");
    }

    @Override
    void write(Object data, AvroBuffer out) {
        int i = 0;
        try {
            for (; i < writers.length; i++) {
                writers[i].write(data, out);
            }
        } catch (RuntimeException e) {
            throw DataProblem.of(e).inComponent(components.get(i));
        }
    }

    @Override
    public Object read(AvroInput in) {
        @Nullable Object[] values = new Object[readers.length];
        int i = 0;
        try {
            for (; i < readers.length; i++) {
                values[i] = readers[i].read(in);
            }
        } catch (DataProblem e) {
            throw e.inComponent(components.get(i));
        }
        return make(values, in.position());
    }

    /** The defaults of missing components, in a new array. */
    @Nullable
    Object[] defaults() {
        return defaults.clone();
    }

    /** Creates the record. If its constructor rejects the values, throws a {@link DataProblem} with the position. */
    Object make(@Nullable Object[] values, int position) {
        try {
            return maker.make(values);
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) { // an AssertionError, too, is how a record may refuse values
            DataProblem problem =
                    DataProblem.failed(name + " does not take these values", e).at(position);
            throw containsPii ? problem.hidden() : problem;
        }
    }

    @Override
    void writeJson(Object data, JsonOutput out) {
        json().write(data, out);
    }

    @Override
    Object readJson(JsonInput in) {
        return json().read(in);
    }

    /** Created at first use, because many services never use JSON. */
    private RecordJson json() {
        RecordJson made = json;
        if (made == null) {
            made = new RecordJson(this);
            json = made;
        }
        return made;
    }

    @Override
    Optional<Object> defaultOf(String text) {
        return Optional.empty();
    }

    @Override
    boolean containsPii() {
        return containsPii;
    }
}
