package dev.carillon.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.avro.Conformance.Vector;
import dev.carillon.catalog.authoring.AuthoringSignals;
import dev.carillon.catalog.authoring.LibraryCollectionData;
import dev.carillon.catalog.learning.LearningSignals;
import dev.carillon.events.LibraryVersion;
import dev.carillon.events.Signal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an older release of the Python library wrote is read by the schema that it had. */
class OldReleasesTest {

    static List<Vector> vectors() {
        return Conformance.vectors("old-release-vectors.jsonl");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void itsBytesAreReadAsDataOfToday(Vector vector) {
        Object data = vector.codec().decode(vector.avro(), LibraryVersion.parse(vector.text("sourcelib")));

        assertThat(Conformance.json(vector.codec().json().write(data))).isEqualTo(vector.json("expect"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void itsSchemaReadsTheSameWhenItComesFromARegistry(Vector vector) {
        EventSchema registered = EventSchema.parse(vector.text("schema"));

        Object data = vector.codec().decode(vector.avro(), registered);

        assertThat(Conformance.json(vector.codec().json().write(data))).isEqualTo(vector.json("expect"));
    }

    @Test
    void aCollectionsFreeTextIsKeptOnlyWhereAnOldReleaseWroteIt() {
        EventCodec<LibraryCollectionData> codec = EventCodec.of(AuthoringSignals.LIBRARY_COLLECTION_UPDATED);
        byte[] old = bytes("lib:org:lib", "my favourites", 0);
        byte[] oldWithKey = bytes("lib:org:lib", "lib-collection:org:lib:best", 0);
        byte[] today = bytes("my favourites", 0);

        assertThat(codec.decode(old, LibraryVersion.parse("9.20.0"))
                        .collectionKey()
                        .toString())
                .isEqualTo("my favourites");
        assertThat(codec.decode(oldWithKey, LibraryVersion.parse("9.20.0"))
                        .collectionKey()
                        .libraryKey())
                .as("a text that is a key is read as one")
                .hasToString("lib:org:lib");
        assertThatThrownBy(() -> codec.decode(today))
                .isInstanceOf(EventDecodeException.class)
                .hasMessageContaining("library_collection.collection_key (byte 0): must be a library collection key,"
                        + " but is text of 13 characters");
    }

    /** Python has no such value, and no service of today could read it. */
    @Test
    void aCollectionsFreeTextIsNotSentAgain() {
        EventCodec<LibraryCollectionData> codec = EventCodec.of(AuthoringSignals.LIBRARY_COLLECTION_UPDATED);
        LibraryCollectionData old =
                codec.decode(bytes("lib:org:lib", "my favourites", 0), LibraryVersion.parse("9.20.0"));

        assertThatThrownBy(() -> codec.encode(old))
                .isInstanceOf(EventEncodeException.class)
                .hasMessageContaining("library_collection.collection_key: must be a library collection key,"
                        + " but is the free text of a release before 10.0.0");
        assertThat(codec.json().write(old)).as("it can be printed").contains("my favourites");
    }

    /** Texts behind their lengths, then one byte. */
    private static byte[] bytes(Object... values) {
        AvroBuffer buffer = new AvroBuffer();
        for (Object value : values) {
            if (value instanceof String text) {
                buffer.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            } else {
                buffer.append(new byte[] {((Integer) value).byteValue()});
            }
        }
        return buffer.toByteArray();
    }

    @Test
    void aReleaseFromTheFutureIsReadByTheLatestSchema() {
        var codec = EventCodec.of(LearningSignals.CERTIFICATE_CREATED);
        Vector vector = Conformance.vectors("vectors.jsonl").stream()
                .filter(line -> line.eventType().equals(codec.signal().eventType()))
                .findFirst()
                .orElseThrow();

        assertThat(codec.decode(vector.avro(), LibraryVersion.parse("99.0"))).isEqualTo(codec.decode(vector.avro()));
    }

    @Test
    void anEventOfOnesOwnIsReadByItsOwnSchemaWhateverTheRelease() {
        record Greeting(String text) {}
        EventCodec<Greeting> codec = EventCodec.of(Signal.of("org.example.greeting.v1", "greeting", Greeting.class));
        byte[] bytes = codec.encode(new Greeting("hello"));

        assertThat(codec.decode(bytes, LibraryVersion.parse("0.1"))).isEqualTo(new Greeting("hello"));
    }

    /** A service may take only what it needs from a public event. */
    @Test
    void aClassOfOnesOwnCanTakeAPartOfAPublicEvent() {
        record Pii(String email) {}
        record User(Pii pii) {}
        record Certificate(User user, String mode) {}
        EventCodec<Certificate> codec = EventCodec.of(
                Signal.of(LearningSignals.CERTIFICATE_CREATED.eventType(), "certificate", Certificate.class));
        Vector vector = Conformance.vectors("vectors.jsonl").stream()
                .filter(line -> line.eventType().equals(codec.signal().eventType()))
                .findFirst()
                .orElseThrow();

        Certificate part = codec.decode(vector.avro(), LibraryVersion.CURRENT);

        var whole = vector.json("data").get("certificate");
        assertThat(part.mode()).isEqualTo(whole.get("mode").asText());
        assertThat(part.user().pii().email())
                .isEqualTo(whole.get("user").get("pii").get("email").asText());
    }
}
