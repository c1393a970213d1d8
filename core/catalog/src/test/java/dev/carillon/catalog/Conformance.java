package dev.carillon.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The events and data classes of the Python library, recorded by {@code bin/record-conformance}. */
final class Conformance {

    private static final Map<String, String> PACKAGES = Map.of("content_authoring", "authoring");

    private Conformance() {}

    /** An event: {@code dataClass} is the simple name. */
    record PythonEvent(
            String signalPath, String eventType, int minorVersion, String dataKey, String dataClass, boolean onTheBus) {

        String subdomain() {
            return signalPath.split("\\.", -1)[1];
        }

        String name() {
            return signalPath.substring(signalPath.lastIndexOf('.') + 1);
        }

        @Override
        public String toString() {
            return eventType;
        }
    }

    /** A data class with its Java record. */
    record PythonClass(Class<? extends Record> javaRecord, List<Field> fields) {

        @Override
        public String toString() {
            return javaRecord.getName();
        }
    }

    /** A field; {@code defaultValue} is a JSON null for None, and null for a field that must be there. */
    record Field(String name, String type, @Nullable JsonNode defaultValue) {

        boolean isRequired() {
            return defaultValue == null;
        }

        boolean isNullable() {
            return defaultValue != null && defaultValue.isNull();
        }

        /** The default as {@code @DefaultValue} writes it, or null. */
        @Nullable
        String defaultText() {
            if (defaultValue == null || defaultValue.isNull()) {
                return null;
            }
            return defaultValue.isTextual() ? defaultValue.asText() : defaultValue.toString();
        }
    }

    static Stream<PythonEvent> events() {
        return StreamSupport.stream(read("catalog.json").spliterator(), false).map(event -> {
            Map.Entry<String, JsonNode> data =
                    event.get("data").properties().iterator().next();
            return new PythonEvent(
                    event.get("signal_path").asText(),
                    event.get("event_type").asText(),
                    event.get("minor_version").asInt(),
                    data.getKey(),
                    data.getValue().asText(),
                    event.get("event_bus").asBoolean());
        });
    }

    /** The data classes that have a record; {@code DataRecordsTest} finds out whether all have one. */
    static Stream<PythonClass> dataClasses() {
        return read("data-classes.json").properties().stream()
                .flatMap(subdomain -> subdomain.getValue().properties().stream()
                        .flatMap(dataClass -> javaRecord(javaName(subdomain.getKey(), dataClass.getKey())).stream()
                                .map(javaRecord -> new PythonClass(javaRecord, fields(dataClass.getValue())))));
    }

    /** The full names that the records of all data classes have in Java. */
    static List<String> recordNames() {
        return read("data-classes.json").properties().stream()
                .flatMap(subdomain -> subdomain.getValue().properties().stream()
                        .map(dataClass -> javaName(subdomain.getKey(), dataClass.getKey())))
                .toList();
    }

    /** The differences of two sets of names, by name; empty when there are none. */
    static List<String> differences(Collection<String> expected, Collection<String> actual) {
        return Stream.concat(
                        expected.stream().filter(name -> !actual.contains(name)).map(name -> "missing: " + name),
                        actual.stream().filter(name -> !expected.contains(name)).map(name -> "unexpected: " + name))
                .toList();
    }

    static String javaPackage(String subdomain) {
        return Conformance.class.getPackageName() + "." + PACKAGES.getOrDefault(subdomain, subdomain);
    }

    private static List<Field> fields(JsonNode fields) {
        return StreamSupport.stream(fields.spliterator(), false)
                .map(field ->
                        new Field(field.get("name").asText(), field.get("type").asText(), field.get("default")))
                .toList();
    }

    private static String javaName(String subdomain, String dataClass) {
        return javaPackage(subdomain) + "." + dataClass;
    }

    private static Optional<Class<? extends Record>> javaRecord(String name) {
        try {
            return Optional.of(Class.forName(name).asSubclass(Record.class));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    private static JsonNode read(String name) {
        try (InputStream in = Objects.requireNonNull(Conformance.class.getResourceAsStream("/conformance/" + name))) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
