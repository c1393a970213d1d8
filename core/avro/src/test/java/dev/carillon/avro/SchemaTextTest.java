package dev.carillon.avro;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.catalog.Catalog;
import dev.carillon.events.Signal;
import dev.carillon.events.WireName;
import dev.carillon.events.keys.CourseKey;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema derives from the record, and its text is what the Python library registers. */
class SchemaTextTest {

    static Stream<JsonNode> eventsOfTheBus() {
        JsonNode catalog = Conformance.json(Conformance.text("catalog.json"));
        return StreamSupport.stream(catalog.spliterator(), false)
                .filter(event -> event.get("event_bus").asBoolean());
    }

    @Test
    void theEventsOfTheBusAreThoseOfTheCatalog() {
        assertThat(eventsOfTheBus().map(event -> event.get("event_type").asText()))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(Conformance.eventTypesOfTheBus());
    }

    @ParameterizedTest
    @MethodSource("eventsOfTheBus")
    void thePublicEventsHaveTheSchemasOfThePythonLibrary(JsonNode event) {
        EventCodec<?> codec =
                EventCodec.of(Catalog.signals().get(event.get("event_type").asText()));

        assertThat(codec.schemaText()).isEqualTo(event.get("schema").asText());
        assertThat(codec.schema().avro().getFullName())
                .as("hyphens and missing versions do no harm")
                .isEqualTo(event.get("event_type").asText() + ".CloudEvent");
    }

    @SuppressWarnings("ArrayRecordComponent") // an array is one of the types
    record Everything(
            boolean flag,
            Boolean boxedFlag,
            int number,
            Integer boxedNumber,
            long big,
            Long boxedBig,
            double fraction,
            Double boxedFraction,
            String text,
            byte[] bytes,
            ByteBuffer buffer,
            OffsetDateTime time,
            Instant instant,
            UUID uuid,
            CourseKey courseKey,
            List<Long> list,
            Map<String, List<Boolean>> map,
            @Nullable String maybe,
            byte @Nullable [] maybeBytes,
            @WireName("class") String className) {}

    @Test
    void eachTypeHasItsPlaceInTheSchema() {
        Schema everything = EventCodec.of(Signal.of("org.example.all.v1", "all", Everything.class))
                .schema()
                .avro()
                .getField("all")
                .schema();

        assertThat(everything.getFields().stream()
                        .map(field ->
                                field.name() + " " + field.schema().toString().replace("\"", "")))
                .containsExactly(
                        "flag boolean",
                        "boxed_flag boolean",
                        "number long",
                        "boxed_number long",
                        "big long",
                        "boxed_big long",
                        "fraction double",
                        "boxed_fraction double",
                        "text string",
                        "bytes bytes",
                        "buffer bytes",
                        "time string",
                        "instant string",
                        "uuid string",
                        "course_key string",
                        "list {type:array,items:long}",
                        "map {type:map,values:{type:array,items:boolean}}",
                        "maybe [null,string]",
                        "maybe_bytes [null,bytes]",
                        "class string");
    }

    record Leaf(long id) {}

    record Branch(Leaf first, @Nullable Leaf second, List<Leaf> more) {}

    @Test
    void aRecordIsDefinedAtItsFirstUseAndNamedAfterThat() {
        assertThat(EventCodec.of(Signal.of("org.example.tree.v1", "branch", Branch.class))
                        .schemaText())
                .isEqualTo("{\"doc\": \"Avro Event Format for CloudEvents created with openedx_events/schema\","
                        + " \"fields\": [{\"name\": \"branch\", \"type\": {\"fields\": ["
                        + "{\"name\": \"first\", \"type\": {\"fields\": [{\"name\": \"id\", \"type\": \"long\"}],"
                        + " \"name\": \"Leaf\", \"type\": \"record\"}},"
                        + " {\"default\": null, \"name\": \"second\", \"type\": [\"null\", \"Leaf\"]},"
                        + " {\"name\": \"more\", \"type\": {\"items\": \"Leaf\", \"type\": \"array\"}}],"
                        + " \"name\": \"Branch\", \"type\": \"record\"}}],"
                        + " \"name\": \"CloudEvent\", \"namespace\": \"org.example.tree.v1\", \"type\": \"record\"}");
    }

    record Keys(Leaf user, CourseKey courseKey, @Nullable String reason) {}

    @Test
    void aSignalWithSeveralKeysHasAFieldForEach() {
        Schema schema = EventCodec.of(Signal.ofKeys("org.example.keys.v1", Keys.class))
                .schema()
                .avro();

        assertThat(schema.getName()).isEqualTo("CloudEvent");
        assertThat(schema.getFields().stream().map(Schema.Field::name)).containsExactly("user", "course_key", "reason");
    }

    @Test
    void dataNeedNotBeARecord() {
        EventCodec<Long> codec = EventCodec.of(Signal.of("org.example.count.v1", "count", Long.class));

        assertThat(codec.schema().avro().getField("count").schema().getType()).isEqualTo(Schema.Type.LONG);
        assertThat(codec.decode(codec.encode(42L))).isEqualTo(42);
    }

    @Test
    void anEventTypeOutsideAsciiIsEscapedAsPythonDoes() {
        assertThat(EventCodec.of(Signal.of("org.example.größe.v1", "leaf", Leaf.class))
                        .schemaText())
                .contains("\"namespace\": \"org.example.gr\\u00f6\\u00dfe.v1\"");
    }
}
