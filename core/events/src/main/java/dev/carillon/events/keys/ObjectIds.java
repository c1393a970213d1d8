package dev.carillon.events.keys;

import java.util.Locale;

/** Ids of stored versions: 24 hexadecimal digits. */
final class ObjectIds {

    private static final int LENGTH = 24;

    private ObjectIds() {}

    /** The id in lower case, as it is always written. */
    static String canonical(KeyInput in, String id) {
        if (id.length() != LENGTH || CharSet.HEX.end(id, 0) != LENGTH) {
            throw in.invalid("the version " + Quoted.of(id) + " is not " + LENGTH + " hexadecimal digits");
        }
        return id.toLowerCase(Locale.ROOT);
    }
}
