package dev.carillon.avro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.avro.Conformance.Vector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Apache Avro splits lists and maps into blocks that say their size; that is the same data. */
class ApacheAvroAgreesTest {

    static List<Vector> vectors() {
        return Conformance.vectors("odd-vectors.jsonl");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void dataInBlocksOfAnySizeAreTheSame(Vector vector) throws IOException {
        Schema schema = vector.codec().schema().avro();
        GenericRecord generic = new GenericDatumReader<GenericRecord>(schema)
                .read(null, DecoderFactory.get().binaryDecoder(vector.avro(), null));

        for (int blockSize : List.of(64, 100, 1_000)) {
            byte[] inBlocks = writeInBlocks(schema, generic, blockSize);

            assertThat(vector.codec().decode(inBlocks)).isEqualTo(vector.codec().decode(vector.avro()));
            assertThat(vector.codec().decode(inBlocks, new EventSchema(oldFashioned(schema))))
                    .isEqualTo(vector.codec().decode(vector.avro()));
        }
    }

    private static byte[] writeInBlocks(Schema schema, GenericRecord data, int blockSize) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder =
                new EncoderFactory().configureBlockSize(blockSize).blockingBinaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(schema).write(data, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    /** The same fields, in another namespace. */
    private static Schema oldFashioned(Schema schema) {
        return EventSchema.parse(schema.toString().replace(schema.getNamespace(), "org.example.other"))
                .avro();
    }
}
