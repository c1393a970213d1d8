package dev.carillon.avro;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;

/** {@code byte[]} and {@link ByteBuffer}: bytes in Avro, Base64 text in JSON. */
final class BytesType extends DataType {

    static final BytesType ARRAY = new BytesType(byte[].class);
    static final BytesType BUFFER = new BytesType(ByteBuffer.class);

    private final Class<?> javaType;

    private BytesType(Class<?> javaType) {
        this.javaType = javaType;
    }

    private byte[] bytes(Object value) {
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }
        return (byte[]) value;
    }

    private Object value(byte[] bytes) {
        return javaType == byte[].class ? bytes : ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    @Override
    String expected() {
        return "bytes as Base64 text";
    }

    @Override
    void appendSchema(StringBuilder schema, Set<String> defined) {
        schema.append("\"bytes\"");
    }

    @Override
    void write(Object value, AvroBuffer out) {
        out.writeBytes(bytes(value));
    }

    @Override
    public Object read(AvroInput in) {
        return value(in.readBytes());
    }

    @Override
    void writeJson(Object value, JsonOutput out) {
        out.base64(bytes(value));
    }

    @Override
    Object readJson(JsonInput in) {
        return value(in.base64(expected()));
    }

    @Override
    Optional<Object> defaultOf(String text) {
        return Optional.empty();
    }
}
