package dev.carillon.bus;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A key as it stands on the wire, behind what the wire puts before it. */
final class WireKey {

    /** What the JDK puts where bytes are not UTF-8. */
    private static final char REPLACED = '\uFFFD';

    private final byte[] bytes;
    private final int start;
    private final int hash;

    WireKey(byte[] bytes, int start) {
        this.bytes = bytes;
        this.start = Math.min(start, bytes.length);
        int sum = 1;
        for (int i = this.start; i < bytes.length; i++) {
            sum = 31 * sum + bytes[i];
        }
        this.hash = sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WireKey key
                && hash == key.hash
                && Arrays.equals(bytes, start, bytes.length, key.bytes, key.start, key.bytes.length);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** As text where it is one, alone or as Avro writes it; else as hexadecimal digits. */
    @Override
    public String toString() {
        if (start < bytes.length && (bytes[start] & 1) == 0) {
            @Nullable String avro = avroText();
            if (avro != null) {
                return avro;
            }
        }
        @Nullable String text = text(start);
        return text == null ? HexFormat.of().formatHex(bytes, start, bytes.length) : text;
    }

    private @Nullable String avroText() {
        long length = 0;
        int at = start;
        int shift = 0;
        do {
            if (at == bytes.length || shift > 28) {
                return null;
            }
            length |= (long) (bytes[at] & 0x7f) << shift;
            shift += 7;
        } while (bytes[at++] < 0);
        return length >>> 1 == bytes.length - at ? text(at) : null;
    }

    private @Nullable String text(int from) {
        String text = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
        return text.chars().allMatch(each -> each >= ' ' && each != REPLACED) ? text : null;
    }
}
