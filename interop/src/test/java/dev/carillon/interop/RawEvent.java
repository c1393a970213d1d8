package dev.carillon.interop;

import java.util.Map;

/**
 * An event as it lies on a broker.
 *
 * @param id the event id in its headers
 * @param headers everything but the data
 * @param data the Avro bytes, as hexadecimal digits
 */
record RawEvent(String id, Map<String, String> headers, String data) {

    Object asTree() {
        return Map.of("headers", headers, "data", data);
    }
}
