package dev.carillon.avro;

import org.jspecify.annotations.Nullable;

/**
 * Reads Avro from an untrusted array. Invalid input throws a {@link DataProblem} with its position. Never allocates more
 * than the bytes that are there.
 */
final class AvroInput {

    /** No event nests deeper, but a writer's schema that refers to itself could nest to any depth. */
    static final int MAX_DEPTH = 100;

    private final byte[] bytes;
    private final int end;
    private int at;
    private int itemsLeft;
    private int depth;
    private long recordsLeft;

    AvroInput(byte[] bytes, int start) {
        this.bytes = bytes;
        this.at = start;
        this.end = bytes.length;
        this.itemsLeft = end - start;
        this.recordsLeft = (itemsLeft + 1L) * MAX_DEPTH;
    }

    byte[] bytes() {
        return bytes;
    }

    /** The index of the next byte. */
    int position() {
        return at;
    }

    /** The number of unread bytes. */
    int remaining() {
        return end - at;
    }

    private String bytesLeft() {
        return end - at == 1 ? "1 byte is left" : (end - at) + " bytes are left";
    }

    void requireEnd() {
        if (at != end) {
            throw DataProblem.at(at, bytesLeft() + " after the end of the data");
        }
    }

    boolean readBoolean() {
        byte value = next();
        if (value != 0 && value != 1) {
            throw DataProblem.at(at - 1, "must be the byte 0 or 1 for false or true, but is " + (value & 0xFF));
        }
        return value == 1;
    }

    long readLong() {
        int start = at;
        long zigzag = next();
        if (zigzag < 0) {
            zigzag = readRest(zigzag & 0x7F, start);
        }
        return (zigzag >>> 1) ^ -(zigzag & 1);
    }

    private long readRest(long firstBits, int start) {
        long bits = firstBits;
        for (int shift = 7; shift < Long.SIZE; shift += 7) {
            byte next = next();
            if (shift == 63 && (next & 0xFE) != 0) {
                break;
            }
            bits |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return bits;
            }
        }
        throw DataProblem.at(start, "a whole number of more than 64 bits");
    }

    int readInt() {
        int start = at;
        long value = readLong();
        if (value != (int) value) {
            throw DataProblem.at(start, "must be a whole number of 32 bits, but takes more");
        }
        return (int) value;
    }

    float readFloat() {
        return Float.intBitsToFloat((int) littleEndian(Float.BYTES));
    }

    double readDouble() {
        return Double.longBitsToDouble(littleEndian(Double.BYTES));
    }

    private long littleEndian(int count) {
        int start = advance(count);
        long bits = 0;
        for (int i = count - 1; i >= 0; i--) {
            bits = (bits << 8) | (bytes[start + i] & 0xFF);
        }
        return bits;
    }

    String readText() {
        int length = readLength();
        return Utf8.read(bytes, advance(length), length);
    }

    byte[] readBytes() {
        int length = readLength();
        byte[] value = new byte[length];
        System.arraycopy(bytes, advance(length), value, 0, length);
        return value;
    }

    /** The index of a union's branch. */
    int readBranch(int branches) {
        int start = at;
        long index = readLong();
        if (index < 0 || index >= branches) {
            throw DataProblem.at(start, "must be a branch from 0 to " + (branches - 1) + ", but is " + index);
        }
        return (int) index;
    }

    /** Reads the length of a text or of bytes. All of those bytes are available. */
    int readLength() {
        int start = at;
        long length = readLong();
        if (length < 0 || length > end - at) {
            throw DataProblem.at(start, "a length of " + length + ", but " + bytesLeft());
        }
        return (int) length;
    }

    /** Skips bytes; returns null. */
    @Nullable
    Object skip(int count) {
        advance(count);
        return null;
    }

    /**
     * The number of items in the next block of a list or map, 0 at its end.
     *
     * <p>All lists and maps of the input together may have as many items as the input has bytes: each item takes at least
     * one byte. Otherwise the writer's schema could define items of zero bytes, in any number.
     */
    int readBlockCount() {
        int start = at;
        long count = readLong();
        if (count < 0) {
            count = -count;
            readLength();
        }
        if (count < 0 || count > itemsLeft) {
            throw DataProblem.at(
                    start,
                    "a block of " + count + (count == 1 ? " item, but " : " items, but ") + (end - at)
                            + " bytes are left");
        }
        itemsLeft -= (int) count;
        return (int) count;
    }

    /**
     * Enters a record that only the writer has. Such records may take no bytes and multiply at each level, so their number
     * is limited too.
     */
    void enter() {
        if (++depth > MAX_DEPTH) {
            throw DataProblem.at(at, "nested deeper than " + MAX_DEPTH + " levels");
        }
        if (--recordsLeft < 0) {
            throw DataProblem.at(at, "more records of the writer's schema than the bytes can hold");
        }
    }

    /** Leaves such a record. */
    void leave() {
        depth--;
    }

    private byte next() {
        if (at >= end) {
            throw DataProblem.at(at, "the data end too early");
        }
        return bytes[at++];
    }

    /** Skips bytes that are available. Returns the index of the first. */
    int advance(int count) {
        if (count > end - at) {
            throw DataProblem.at(
                    at, "the data end too early: " + count + " bytes are expected, but " + (end - at) + " are left");
        }
        int start = at;
        at += count;
        return start;
    }
}
