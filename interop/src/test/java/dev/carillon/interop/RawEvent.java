package dev.carillon.interop;

import java.util.Map;

/**
 * An event as it is stored on a broker.
 *
 * @param id the event id from its headers
 * @param headers all headers, and the key where there is one
 * @param data the Avro bytes, as hexadecimal digits
 */
record RawEvent(String id, Map<String, String> headers, String data) {

    Object asTree() {
        return Map.of("headers", headers, "data", data);
    }
}
