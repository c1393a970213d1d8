package dev.carillon.bus.transport;

import java.nio.charset.StandardCharsets;

/**
 * One header of a message.
 *
 * @param name as on the wire
 * @param value the bytes as on the wire; not copied, so not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere; a copy per header would cost more than it protects
public record Header(String name, byte[] value) {

    /** A header with a text, in UTF-8. */
    public static Header of(String name, String value) {
        return new Header(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
