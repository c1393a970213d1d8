package dev.carillon.avro;

import java.util.Arrays;

/**
 * Bytes that grow as Avro is written into them; made to be reused for many events. Not thread-safe.
 *
 * <p>Numbers go in as Avro's variable-length zigzag, texts as UTF-8 behind their length.
 */
public final class AvroBuffer {

    /** Arrays of the JVM hold a few bytes less than {@link Integer#MAX_VALUE}. */
    private static final int MAX_CAPACITY = Integer.MAX_VALUE - 16;

    private static final int MAX_VARINT = 10;

    private byte[] bytes;
    private int size;

    /** An empty buffer with room for a usual event. */
    public AvroBuffer() {
        this(512);
    }

    AvroBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    /** How many bytes were written. */
    public int size() {
        return size;
    }

    /** Forgets what was written, and keeps the memory. */
    public void clear() {
        size = 0;
    }

    /** A copy of what was written. */
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

    /** What stands behind the last block of a list or map. */
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

    /** Writes what {@code writer} puts into the array, at most 63 bytes, behind its length. */
    <V> void writeShort(V value, int maxLength, ShortWriter<V> writer) {
        reserve(maxLength + 1);
        int start = size + 1;
        int end = writer.write(value, bytes, start);
        bytes[size] = (byte) ((end - start) << 1);
        size = end;
    }

    /** Puts a value's bytes into an array from an index on, and returns the index behind them. */
    interface ShortWriter<V> {
        int write(V value, byte[] bytes, int start);
    }

    /** Writes text as UTF-8. A lone surrogate, which has no UTF-8, is a {@link DataProblem}. */
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
