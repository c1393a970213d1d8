package dev.carillon.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.events.LibraryVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class SchemaHistoryTest {

    private static final String CATALOG_INFO = "org.openedx.content_authoring.course.catalog_info.changed.v1";

    private final SchemaHistory history = new SchemaHistory();

    @Test
    void itHoldsEverySchemaOfEveryReleaseAsThePythonLibraryHadIt() {
        JsonNode eventTypes =
                Conformance.json(Conformance.text("schema-history.json")).get("event_types");

        assertThat(history.eventTypes())
                .containsExactlyInAnyOrderElementsOf(
                        eventTypes.properties().stream().map(Map.Entry::getKey).toList());
        for (Map.Entry<String, JsonNode> eventType : eventTypes.properties()) {
            List<JsonNode> known = new ArrayList<>();
            history.entries(eventType.getKey())
                    .forEach(entry -> known.add(Conformance.json("{\"since\": \""
                            + entry.since() + "\", \"until\": \"" + entry.until() + "\", \"schema\": "
                            + entry.schemaText()
                            + "}")));
            assertThat(known).as(eventType.getKey()).containsExactlyElementsOf(eventType.getValue());
        }
    }

    @Test
    void itsNewestReleaseIsTheOneThatCarillonImplements() {
        JsonNode releases =
                Conformance.json(Conformance.text("schema-history.json")).get("releases");

        assertThat(LibraryVersion.CURRENT)
                .as("LibraryVersion.CURRENT, compared with the release that bin/record-conformance recorded last")
                .hasToString(releases.get(releases.size() - 1).asText());
    }

    @Test
    void everySchemaInItCanBeParsed() {
        for (String eventType : history.eventTypes()) {
            for (SchemaHistory.Entry entry : history.entries(eventType)) {
                assertThat(history.schema(eventType, entry.since())).contains(EventSchema.parse(entry.schemaText()));
            }
        }
    }

    @Test
    void aReleaseFindsTheLatestSchemaThatIsNotNewerThanItself() {
        assertThat(fields("0.11.0")).isEqualTo(fields("0.11.1"));
        assertThat(schema("2.9.9")).as("between two releases").isEqualTo(schema("2.0.0"));
        assertThat(schema("0.1.0")).as("before the first").isEqualTo(schema("0.11.0"));
        assertThat(schema("100.0.0")).as("after the last").isEqualTo(schema(LibraryVersion.CURRENT.toString()));
        assertThat(schema("7.1.0")).isNotEqualTo(schema("7.2.0"));
        assertThat(schema("10.0.0")).as("compared by number, not by text").isEqualTo(schema("7.2.0"));
    }

    @Test
    void anEventThatTheLibraryNeverHadHasNoHistory() {
        assertThat(history.schema("org.example.greeting.v1", LibraryVersion.CURRENT))
                .isEmpty();
    }

    @Test
    void aTextThatIsNoSchemaIsRefusedAsOne() {
        for (String text : List.of(
                "",
                "{}",
                "{\"type\": \"record\", \"name\": \"A\"}",
                "{\"type\": \"record\", \"name\": \"A\", \"fields\": [{\"name\": \"b\", \"type\": \"B\"}]}")) {
            assertThatThrownBy(() -> EventSchema.parse(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("not a valid Avro schema");
        }
    }

    private Schema schema(String release) {
        return history.schema(CATALOG_INFO, LibraryVersion.parse(release))
                .orElseThrow()
                .avro();
    }

    private List<String> fields(String release) {
        return schema(release).getField("catalog_info").schema().getFields().stream()
                .map(Schema.Field::name)
                .toList();
    }
}
