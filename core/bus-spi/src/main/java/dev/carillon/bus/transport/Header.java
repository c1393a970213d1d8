package dev.carillon.bus.transport;

import java.nio.charset.StandardCharsets;

/**
 * One header of a message.
 *
 * @param name the name on the wire
 * @param value the bytes on the wire; not copied, so they must not be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy per header would cost more than it protects
public record Header(String name, byte[] value) {

    /** Returns a header with a text value in UTF-8. */
    public static Header of(String name, String value) {
        return new Header(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
