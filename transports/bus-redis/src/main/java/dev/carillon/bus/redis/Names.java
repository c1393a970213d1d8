package dev.carillon.bus.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.List;

/** Names that come again and again: each is one {@code String}, however often it is read. */
final class Names {

    /** The fields of an entry. */
    static final Names FIELDS =
            new Names(List.of("type", "id", "source", "time", "minorversion", "sourcehost", "sourcelib", Wire.DATA));

    private final String[] names;
    private final byte[][] encoded;

    Names(List<String> names) {
        this.names = names.toArray(String[]::new);
        this.encoded = names.stream().map(name -> name.getBytes(UTF_8)).toArray(byte[][]::new);
    }

    /** The name in these bytes; a name that is not known is read as well. */
    String read(ByteBuffer bytes) {
        for (int i = 0; i < names.length; i++) {
            if (matches(bytes, encoded[i])) {
                return names[i];
            }
        }
        return UTF_8.decode(bytes).toString();
    }

    private static boolean matches(ByteBuffer bytes, byte[] name) {
        if (bytes.remaining() != name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (bytes.get(bytes.position() + i) != name[i]) {
                return false;
            }
        }
        return true;
    }
}
