package dev.carillon.benchmarks;

import dev.carillon.avro.EventCodec;
import dev.carillon.benchmarks.specific.CloudEvent;
import dev.carillon.catalog.learning.CertificateData;
import dev.carillon.catalog.learning.LearningSignals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.reflect.ReflectData;
import org.apache.avro.reflect.ReflectDatumReader;
import org.apache.avro.reflect.ReflectDatumWriter;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Encodes and decodes a certificate, compared with Apache Avro's reflect and specific writers and readers, which reuse their encoder,
 * decoder and buffer. Carillon's codec also converts keys and times to text and back; with Avro they stay text.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {

    private final EventCodec<CertificateData> codec = EventCodec.of(LearningSignals.CERTIFICATE_CREATED);
    private final CertificateData data = Certificates.one(1);
    private final byte[] bytes = codec.encode(data);

    private final DatumReader<CloudEvent> specificReader = new SpecificDatumReader<>(CloudEvent.class);
    private final DatumWriter<CloudEvent> specificWriter = new SpecificDatumWriter<>(CloudEvent.class);
    private final ReflectData reflectData = new ReflectData(ReflectCertificate.class.getClassLoader());
    private final Schema reflectSchema = reflectData.getSchema(ReflectCertificate.class);
    private final DatumReader<ReflectCertificate> reflectReader =
            new ReflectDatumReader<>(reflectSchema, reflectSchema, reflectData);
    private final DatumWriter<ReflectCertificate> reflectWriter = new ReflectDatumWriter<>(reflectSchema, reflectData);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    private final CloudEvent specific;
    private final ReflectCertificate reflect = ReflectCertificate.of(data);
    private final byte[] reflectBytes;
    private @Nullable BinaryEncoder encoder;
    private @Nullable BinaryDecoder decoder;

    /** Converts the data for the peers. */
    public CodecBenchmark() {
        try {
            specific = specificReader.read(null, DecoderFactory.get().binaryDecoder(bytes, null));
            reflectBytes = write(reflectWriter, reflect);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Benchmark
    public byte[] encodeCarillon() {
        return codec.encode(data);
    }

    @Benchmark
    public byte[] encodeSpecific() throws IOException {
        return write(specificWriter, specific);
    }

    @Benchmark
    public byte[] encodeReflect() throws IOException {
        return write(reflectWriter, reflect);
    }

    @Benchmark
    public CertificateData decodeCarillon() {
        return codec.decode(bytes);
    }

    @Benchmark
    public CloudEvent decodeSpecific() throws IOException {
        decoder = DecoderFactory.get().binaryDecoder(bytes, decoder);
        return specificReader.read(null, decoder);
    }

    @Benchmark
    public ReflectCertificate decodeReflect() throws IOException {
        decoder = DecoderFactory.get().binaryDecoder(reflectBytes, decoder);
        return reflectReader.read(null, decoder);
    }

    private <D> byte[] write(DatumWriter<D> writer, D datum) throws IOException {
        out.reset();
        encoder = EncoderFactory.get().binaryEncoder(out, encoder);
        writer.write(datum, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
