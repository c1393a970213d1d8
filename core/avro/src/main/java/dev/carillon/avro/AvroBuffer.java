package dev.carillon.avro;

import java.util.Arrays;

/**
 * A growing buffer of Avro bytes, made to be reused for many events. Not thread-safe.
 *
 * <p>Numbers are written as Avro's variable-length zigzag integers, text as UTF-8 with a length prefix.
 */
public final class AvroBuffer {

    /** Arrays of the JVM hold a few bytes less than {@link Integer#MAX_VALUE}. */
    private static final int MAX_CAPACITY = Integer.MAX_VALUE - 16;

    private static final int MAX_VARINT = 10;

    private byte[] bytes;
    private int size;

    /** An empty buffer with the capacity for a typical event. */
    public AvroBuffer() {
        this(512);
    }

    AvroBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    /** The number of bytes written. */
    public int size() {
        return size;
    }

    /** Discards the content and keeps the memory. */
    public void clear() {
        size = 0;
    }

    /** A copy of the content. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** Appends bytes as they are, such as the prefix of a Kafka message. */
    public void append(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
    }

    int capacity() {
        return bytes.length;
    }

    void truncate(int toSize) {
        size = toSize;
    }

    void writeBoolean(boolean value) {
        writeByte(value ? 1 : 0);
    }

    /** The index of a union's branch, below 64. */
    void writeBranch(int index) {
        writeByte(index << 1);
    }

    /** The end marker of a list or map. */
    void writeEndOfBlocks() {
        writeByte(0);
    }

    private void writeByte(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    void writeLong(long value) {
        reserve(MAX_VARINT);
        size = putVarint(size, (value << 1) ^ (value >> 63));
    }

    void writeDouble(double value) {
        reserve(Double.BYTES);
        long bits = Double.doubleToLongBits(value);
        for (int i = 0; i < Double.BYTES; i++) {
            bytes[size++] = (byte) (bits >>> (8 * i));
        }
    }

    void writeBytes(byte[] value) {
        writeLong(value.length);
        append(value);
    }

    /** Writes a length prefix and the bytes, at most 63, that {@code writer} puts into the array. */
    <V> void writeShort(V value, int maxLength, ShortWriter<V> writer) {
        reserve(maxLength + 1);
        int start = size + 1;
        int end = writer.write(value, bytes, start);
        bytes[size] = (byte) ((end - start) << 1);
        size = end;
    }

    /** Writes the bytes of a value into an array, starting at an index. Returns the index after the last byte. */
    interface ShortWriter<V> {
        int write(V value, byte[] bytes, int start);
    }

    /** Writes text as UTF-8. Throws a {@link DataProblem} for a lone surrogate, which UTF-8 cannot encode. */
    void writeText(String text) {
        int length = text.length();
        reserve(length + MAX_VARINT);
        int start = size;
        byte[] target = bytes;
        int at = putVarint(start, (long) length << 1);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                size = start;
                writeUtf8(text);
                return;
            }
            target[at++] = (byte) c;
        }
        size = at;
    }

    private void writeUtf8(String text) {
        int length = Utf8.length(text);
        writeLong(length);
        reserve(length);
        size = Utf8.write(text, bytes, size);
    }

    private int putVarint(int start, long zigzag) {
        int at = start;
        long rest = zigzag;
        while ((rest & ~0x7FL) != 0) {
            bytes[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at++] = (byte) rest;
        return at;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            grow(more);
        }
    }

    private void grow(int more) {
        long needed = (long) size + more;
        if (needed > MAX_CAPACITY) {
            throw DataProblem.of("more than 2 GiB of event data");
        }
        long doubled = Math.max(needed, 2L * bytes.length);
        bytes = Arrays.copyOf(bytes, (int) Math.min(doubled, MAX_CAPACITY));
    }
}
