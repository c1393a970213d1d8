package dev.carillon.avro;

import dev.carillon.events.DefaultValue;
import dev.carillon.events.Pii;
import dev.carillon.events.Signal;
import dev.carillon.events.TypeSerializer;
import dev.carillon.events.WireNames;
import dev.carillon.events.internal.Annotated;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Derives the wire format from the classes of a signal. Rejects types that the wire format does not support. */
final class TypeDeriver {

    /** The name of the record that holds an event's data keys. */
    static final String EVENT_RECORD = "CloudEvent";

    private static final Pattern WIRE_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Map<String, Class<?>> recordNames = new HashMap<>();
    private final Map<Class<?>, RecordType> records = new HashMap<>();
    private final Set<Class<?>> open = new HashSet<>();
    private final Map<Class<?>, DataType> serialized = new HashMap<>();

    private TypeDeriver(Collection<TypeSerializer<?>> serializers) {
        for (TypeSerializer<?> serializer : serializers) {
            if (ScalarTypes.find(serializer.type()).isPresent()) {
                throw new UnsupportedTypeException(
                        serializer.type().getName() + " has a wire format of its own: leave its serializer out");
            }
            serialized.put(serializer.type(), new SerializedType<>(serializer));
        }
    }

    /**
     * Derives the record of a signal's data keys.
     *
     * @throws IllegalArgumentException when the data cannot be sent over the wire; the message names the signal, the
     *     component and the types to use
     */
    static RecordType eventOf(Signal<?> signal) {
        try {
            TypeDeriver deriver = new TypeDeriver(signal.serializers());
            return signal.dataKey().isPresent()
                    ? deriver.eventOfOneKey(signal.dataKey().get(), signal.dataClass())
                    : deriver.derive(EVENT_RECORD, signal.dataClass());
        } catch (UnsupportedTypeException e) {
            throw new IllegalArgumentException(
                    "Data of event " + signal.eventType() + " cannot go over the wire: " + e.getMessage(), e);
        }
    }

    private RecordType eventOfOneKey(String dataKey, Class<?> dataClass) {
        requireName(dataKey);
        DataType type = classOf(dataClass);
        Component component = new Component(dataKey, type, false, null, false, Accessor.ofWhole());
        return new RecordType(EVENT_RECORD, List.of(component), RecordMaker.ofWhole());
    }

    private DataType classOf(Class<?> type) {
        DataType own = serialized.get(type);
        if (own != null) {
            return own;
        }
        return type.isRecord() ? recordOf(type) : ScalarTypes.of(type);
    }

    private RecordType recordOf(Class<?> type) {
        RecordType known = records.get(type);
        if (known != null) {
            return known;
        }
        if (open.contains(type)) {
            throw new UnsupportedTypeException(
                    "it contains itself, but event data cannot be recursive: use an id instead");
        }
        String name = type.getSimpleName();
        requireName(name);
        Class<?> other = recordNames.putIfAbsent(name, type);
        if (name.equals(EVENT_RECORD) || other != null) {
            throw new UnsupportedTypeException(
                    "two records are named " + name + ", but a schema can define the name only once: rename "
                            + type.getName() + (other == null ? "" : " or " + other.getName()));
        }
        RecordType derived = derive(name, type);
        records.put(type, derived);
        return derived;
    }

    private RecordType derive(String name, Class<?> type) {
        open.add(type);
        Lookup lookup = lookupIn(type);
        List<Component> components = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            try {
                components.add(componentOf(component, lookup));
                if (!names.add(WireNames.of(component))) {
                    throw new UnsupportedTypeException("another component is also named " + WireNames.of(component)
                            + " on the wire: give one another @WireName");
                }
            } catch (UnsupportedTypeException e) {
                throw e.in(type.getSimpleName() + "." + component.getName());
            }
        }
        open.remove(type);
        return new RecordType(name, components, makerOf(type, lookup));
    }

    private Component componentOf(RecordComponent component, Lookup lookup) {
        String name = WireNames.of(component);
        requireName(name);
        AnnotatedType declared = component.getAnnotatedType();
        boolean nullable = Annotated.isNullable(component);
        if (nullable && component.getType().isPrimitive()) {
            throw new UnsupportedTypeException(
                    "a primitive is never null: use its wrapper class, or leave @Nullable out");
        }
        DataType type = typeOf(declared);
        return new Component(
                name,
                type,
                nullable,
                defaultOf(component, type, nullable),
                Annotated.has(component, Pii.class),
                accessorOf(component, lookup));
    }

    private static @Nullable Object defaultOf(RecordComponent component, DataType type, boolean nullable) {
        DefaultValue declared = Annotated.find(component, DefaultValue.class);
        if (declared == null) {
            return null;
        }
        if (nullable) {
            throw new UnsupportedTypeException(
                    "the default of a @Nullable component is null: leave either @Nullable or @DefaultValue out");
        }
        return type.defaultOf(declared.value())
                .orElseThrow(() -> new UnsupportedTypeException("@DefaultValue(\"" + declared.value()
                        + "\") is not possible here: a default must be " + type.expected()
                        + "; of lists only [], of maps only {}, of records and bytes none"));
    }

    private DataType typeOf(AnnotatedType declared) {
        if (declared instanceof AnnotatedParameterizedType parameterized) {
            Class<?> raw = (Class<?>) ((ParameterizedType) parameterized.getType()).getRawType();
            AnnotatedType[] arguments = parameterized.getAnnotatedActualTypeArguments();
            if (raw == List.class) {
                return new ListType(itemOf(arguments[0]));
            }
            if (raw == Map.class) {
                if (arguments[0].getType() != String.class) {
                    throw new UnsupportedTypeException("the keys of a map must be String, but are "
                            + arguments[0].getType().getTypeName());
                }
                return new MapType(itemOf(arguments[1]));
            }
            DataType own = serialized.get(raw);
            if (own != null) {
                return own;
            }
            throw ScalarTypes.unsupported(raw);
        }
        if (declared instanceof AnnotatedArrayType array
                && array.getAnnotatedGenericComponentType().isAnnotationPresent(Nullable.class)) {
            throw new UnsupportedTypeException("an array that may be null is written 'byte @Nullable []'");
        }
        if (declared.getType() instanceof Class<?> type) {
            return classOf(type);
        }
        throw new UnsupportedTypeException(
                declared.getType().getTypeName() + " is no class: name the class, because the schema derives from it");
    }

    private DataType itemOf(AnnotatedType declared) {
        AnnotatedType item = declared;
        // Kotlin writes List<CourseKey> as List<? extends CourseKey>.
        if (declared instanceof AnnotatedWildcardType wildcard
                && wildcard.getAnnotatedLowerBounds().length == 0
                && wildcard.getAnnotatedUpperBounds()[0].getType() != Object.class) {
            item = wildcard.getAnnotatedUpperBounds()[0];
        }
        if (item.isAnnotationPresent(Nullable.class)) {
            throw new UnsupportedTypeException("items of a list and values of a map cannot be null on the wire:"
                    + " leave the inner @Nullable out");
        }
        return typeOf(item);
    }

    private static void requireName(String name) {
        if (!WIRE_NAME.matcher(name).matches()) {
            throw new UnsupportedTypeException("'" + name
                    + "' cannot be a name in an Avro schema, which has letters, digits and underscores from ASCII"
                    + " and begins with no digit; a component can have another @WireName");
        }
    }

    private static Lookup lookupIn(Class<?> type) {
        TypeDeriver.class.getModule().addReads(type.getModule()); // a lookup in another module requires it
        try {
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
        } catch (IllegalAccessException e) {
            throw new UnsupportedTypeException("module " + type.getModule().getName() + " must open its package "
                    + type.getPackageName() + " to dev.carillon.avro");
        }
    }

    private static Accessor accessorOf(RecordComponent component, Lookup lookup) {
        try {
            return new Accessor(lookup, lookup.unreflect(component.getAccessor()));
        } catch (IllegalAccessException e) {
            throw new LinkageError("A record's accessor is not accessible: " + component, e);
        }
    }

    private static RecordMaker makerOf(Class<?> type, Lookup lookup) {
        try {
            return RecordMaker.of(type, lookup);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("A record's constructor is not accessible: " + type, e);
        }
    }
}
