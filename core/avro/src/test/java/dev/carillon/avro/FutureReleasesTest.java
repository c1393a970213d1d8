package dev.carillon.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.avro.Conformance.Vector;
import dev.carillon.catalog.learning.CertificateData;
import dev.carillon.catalog.learning.CourseEnrollmentData;
import dev.carillon.catalog.learning.LearningSignals;
import dev.carillon.events.LibraryVersion;
import dev.carillon.events.Signal;
import dev.carillon.testing.CapturedLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.logging.Level;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages on Redis carry no schema: what a release from the future added can be read over only where that is certain. */
class FutureReleasesTest {

    private static final LibraryVersion FUTURE = LibraryVersion.parse("12.0.0");

    @AutoClose
    private final CapturedLog log = new CapturedLog();

    static List<Vector> recordedChanges() {
        return Conformance.vectors("future-releases.jsonl");
    }

    /** The release before each change that the history records reads what the release of the change wrote. */
    @ParameterizedTest
    @MethodSource("recordedChanges")
    void aChangeOfTheRecordedHistoryIsReadAsPythonReadsItOrRefused(Vector vector) {
        EventCodec<Object> today = vector.codec();
        LibraryVersion knows = LibraryVersion.parse(vector.text("knows"));
        EventCodec<Object> older = EventCodec.of(today.signal(), new SchemaHistory(knows));
        Set<String> added = fields(today.schema().avro());
        added.removeAll(fields(new SchemaHistory()
                .schema(vector.eventType(), knows)
                .orElseThrow()
                .avro()));
        LibraryVersion writer = LibraryVersion.parse(vector.text("sourcelib"));
        JsonNode right = without(added, today.json().write(today.decode(vector.avro(), writer)));

        try {
            JsonNode read = without(added, older.json().write(older.decode(vector.avro(), writer)));
            if (!vector.text("python").equals("other")) {
                assertThat(read).isEqualTo(right);
            }
        } catch (EventDecodeException e) {
            assertThat(vector.text("python")).as(e.getMessage()).isNotEqualTo("same");
            assertThat(e)
                    .hasMessageContaining("cannot be read: release " + writer + " of the event library wrote it,"
                            + " this service knows those up to " + vector.text("knows"));
        }
    }

    /** The names of the fields that the data of an event have. */
    private static Set<String> fields(Schema event) {
        return event.getFields().stream()
                .flatMap(data -> data.schema().getFields().stream())
                .map(Schema.Field::name)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static JsonNode without(Set<String> fields, String json) {
        JsonNode tree = Conformance.json(json);
        tree.forEach(data -> ((ObjectNode) data).remove(fields));
        return tree;
    }

    @Test
    void whatIsAppendedToTheDataIsLeftOut() {
        EventCodec<CertificateData> codec = EventCodec.of(LearningSignals.CERTIFICATE_CREATED);
        for (Vector vector : vectors(codec)) {
            for (String type : FieldTypes.ALL) {
                byte[] bytes = new Future(codec, "CertificateData").append(type).write(vector.avro());

                assertThat(codec.decode(bytes, FUTURE)).as(type).isEqualTo(codec.decode(vector.avro()));
            }
        }
    }

    @Test
    void whatIsAppendedToARecordInsideIsLeftOutWhereOnlyOneReadingFits() {
        EventCodec<CertificateData> codec = EventCodec.of(LearningSignals.CERTIFICATE_CREATED);
        byte[] today = vectors(codec).get(0).avro();

        byte[] bytes = new Future(codec, "CourseData").append("\"boolean\"").write(today);

        assertThat(codec.decode(bytes, FUTURE)).isEqualTo(codec.decode(today));
    }

    @Test
    void whereTwoReadingsFitThereIsNone() {
        EventCodec<CertificateData> codec = EventCodec.of(LearningSignals.CERTIFICATE_CREATED);
        byte[] today = vectors(codec).get(0).avro();

        byte[] bytes =
                new Future(codec, "UserPersonalData").append("\"string\"").write(today);

        assertThatThrownBy(() -> codec.decode(bytes, FUTURE))
                .isInstanceOf(EventDecodeException.class)
                .hasMessageStartingWith(
                        "Event org.openedx.learning.certificate.created.v1 cannot be read: release 12.0.0"
                                + " of the event library wrote it, this service knows those up to "
                                + LibraryVersion.CURRENT + ": certificate.course");
    }

    /** Python reads some of these wrongly, and says nothing. */
    @Test
    void aFieldMoreInAnyRecordOfAnyEventLeadsToTheRightDataOrToARefusal() {
        int right = 0;
        int refused = 0;
        for (Vector vector : firstOfEachType()) {
            EventCodec<Object> codec = vector.codec();
            Object expected = codec.decode(vector.avro());
            for (String record : Future.records(codec.schema().avro())) {
                for (String type : FieldTypes.SOME) {
                    Future future = new Future(codec, record).append(type);
                    byte[] bytes = future.write(vector.avro());
                    if (fitsToday(codec, bytes)) {
                        continue;
                    }
                    try {
                        assertThat(codec.decode(bytes, FUTURE))
                                .as("%s, %s with another %s", vector, record, type)
                                .isEqualTo(expected);
                        right++;
                    } catch (EventDecodeException e) {
                        refused++;
                    }
                }
            }
        }
        assertThat(right).isPositive();
        assertThat(refused).isPositive();
    }

    /** The bytes read as data of today, with or without some left behind the end: as Python reads them. */
    private static boolean fitsToday(EventCodec<?> codec, byte[] bytes) {
        for (int length = bytes.length; length > 0; length--) {
            try {
                codec.decode(Arrays.copyOf(bytes, length));
                return true;
            } catch (EventDecodeException e) {
                // does not end here
            }
        }
        return false;
    }

    @Test
    void aReleaseThatIsKnownMayLeaveNothingBehindTheEnd() {
        EventCodec<CertificateData> codec = EventCodec.of(LearningSignals.CERTIFICATE_CREATED);
        byte[] bytes = new Future(codec, "CertificateData")
                .append("\"string\"")
                .write(vectors(codec).get(0).avro());

        for (String release : List.of(LibraryVersion.CURRENT.toString(), "11.1.9", "7.2.0")) {
            assertThatThrownBy(() -> codec.decode(bytes, LibraryVersion.parse(release)))
                    .isInstanceOf(EventDecodeException.class)
                    .hasMessageContaining("5 bytes are left after the end of the data");
        }
    }

    @Test
    void theReleaseOfTheLibraryDoesNotApplyToAnEventOfOnesOwn() {
        record Greeting(String text) {}
        EventCodec<Greeting> codec = EventCodec.of(Signal.of("org.example.greeting.v1", "greeting", Greeting.class));

        assertThatThrownBy(() -> codec.decode(new byte[] {2, 'x', 0}, FUTURE))
                .isInstanceOf(EventDecodeException.class)
                .hasMessageContaining("1 byte is left after the end of the data");
    }

    @Test
    void whatWasLeftOutIsLoggedOncePerRelease() {
        EventCodec<CertificateData> codec = EventCodec.of(LearningSignals.CERTIFICATE_CREATED);
        byte[] bytes = new Future(codec, "CertificateData")
                .append("\"string\"")
                .write(vectors(codec).get(0).avro());

        codec.decode(bytes, FUTURE);
        codec.decode(bytes, FUTURE);
        codec.decode(bytes, LibraryVersion.parse("13.1"));

        assertThat(log.messages(Level.WARNING))
                .hasSize(2)
                .first()
                .isEqualTo("Event org.openedx.learning.certificate.created.v1 of release 12.0.0 of the event library"
                        + " has bytes at its end that this service does not know, and ignores; this service knows"
                        + " releases up to " + LibraryVersion.CURRENT + ". Update it soon");
    }

    @Test
    void aLargeMessageIsNotTriedInAllWays() {
        EventCodec<CourseEnrollmentData> codec = EventCodec.of(LearningSignals.COURSE_ENROLLMENT_CREATED);
        byte[] today = vectors(codec).get(0).avro();
        byte[] bytes = new Future(codec, "CourseData")
                .append("\"string\"", "x".repeat(100_000))
                .write(today);

        assertThatThrownBy(() -> codec.decode(bytes, FUTURE)).isInstanceOf(EventDecodeException.class);
    }

    private static List<Vector> vectors(EventCodec<?> codec) {
        return Conformance.vectors("vectors.jsonl").stream()
                .filter(line -> line.eventType().equals(codec.signal().eventType()))
                .toList();
    }

    private static Iterable<Vector> firstOfEachType() {
        Map<String, Vector> first = new LinkedHashMap<>();
        Conformance.vectors("vectors.jsonl").forEach(vector -> first.putIfAbsent(vector.eventType(), vector));
        return first.values();
    }

    /** Types that a new field may have, each with a value. */
    private static final class FieldTypes {

        private static final Map<String, String> VALUES = Map.of(
                "\"string\"", "\"more\"",
                "\"long\"", "70000",
                "\"boolean\"", "true",
                "\"double\"", "2.5",
                "[\"null\", \"string\"]", "null",
                "[\"string\", \"null\"]", "\"\"",
                "{\"type\": \"array\", \"items\": \"long\"}", "[1, 2]",
                "{\"type\": \"map\", \"values\": \"string\"}", "{\"a\": \"b\"}");

        static final Set<String> ALL = VALUES.keySet();
        static final Set<String> SOME = Set.of("\"string\"", "\"boolean\"", "[\"null\", \"string\"]");

        static String valueOf(String type) {
            return Objects.requireNonNull(VALUES.get(type), type);
        }
    }

    /** Writes what a release would write whose schema is another one. */
    private static final class Future {
        private final Schema today;
        private final String record;
        private Schema schema;

        Future(EventCodec<?> codec, String record) {
            this.today = codec.schema().avro();
            this.record = record;
            this.schema = today;
        }

        static List<String> records(Schema schema) {
            List<ObjectNode> records = new ArrayList<>();
            collectRecords(Conformance.json(schema.toString()), records);
            return records.stream()
                    .map(each -> each.get("name").asText())
                    .filter(name -> !name.equals("CloudEvent"))
                    .toList();
        }

        private static void collectRecords(JsonNode node, List<ObjectNode> records) {
            if (node.has("fields")) {
                records.add((ObjectNode) node);
            }
            node.forEach(child -> collectRecords(child, records));
        }

        Future append(String type) {
            return appendField(type, FieldTypes.valueOf(type));
        }

        Future append(String type, String text) {
            return appendField(type, '"' + text + '"');
        }

        private Future appendField(String type, String value) {
            JsonNode changed = Conformance.json(today.toString());
            List<ObjectNode> records = new ArrayList<>();
            collectRecords(changed, records);
            records.stream()
                    .filter(each -> each.get("name").asText().equals(record))
                    .forEach(each -> ((ArrayNode) each.get("fields"))
                            .add(Conformance.json("{\"name\": \"of_tomorrow\", \"type\": " + type + ", \"default\": "
                                    + value + "}")));
            schema = EventSchema.parse(changed.toString()).avro();
            return this;
        }

        byte[] write(byte[] written) {
            try {
                GenericRecord data = new GenericDatumReader<GenericRecord>(today, schema)
                        .read(null, DecoderFactory.get().binaryDecoder(written, null));
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
                new GenericDatumWriter<GenericRecord>(schema).write(data, encoder);
                encoder.flush();
                return bytes.toByteArray();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
