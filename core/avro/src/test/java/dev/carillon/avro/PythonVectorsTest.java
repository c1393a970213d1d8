package dev.carillon.avro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.avro.Conformance.Vector;
import dev.carillon.events.LibraryVersion;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Python library wrote these bytes from these data. */
class PythonVectorsTest {

    static Stream<Vector> vectors() {
        return Stream.of("vectors.jsonl", "odd-vectors.jsonl").flatMap(file -> Conformance.vectors(file).stream());
    }

    @Test
    void thereAreEightForEachEventTypeOfTheBus() {
        Map<String, Long> vectorsByType = Conformance.vectors("vectors.jsonl").stream()
                .collect(Collectors.groupingBy(Vector::eventType, Collectors.counting()));

        assertThat(vectorsByType).containsOnlyKeys(Conformance.eventTypesOfTheBus());
        assertThat(vectorsByType.values()).containsOnly(8L);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void theSameDataBecomeTheSameBytes(Vector vector) {
        Object data = vector.codec().json().read(vector.json("data").toString());

        assertThat(vector.codec().encode(data)).isEqualTo(vector.avro());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void theBytesAreReadAsTheDataThatTheyCameFrom(Vector vector) {
        Object data = vector.codec().decode(vector.avro());

        assertThat(Conformance.json(vector.codec().json().write(data))).isEqualTo(vector.json("data"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void theWritersSchemaMakesNoDifferenceWhenItIsOurs(Vector vector) {
        Object data = vector.codec().decode(vector.avro());

        assertThat(vector.codec().decode(vector.avro(), LibraryVersion.CURRENT)).isEqualTo(data);
        assertThat(vector.codec().decode(vector.avro(), vector.codec().schema()))
                .isEqualTo(data);
    }
}
