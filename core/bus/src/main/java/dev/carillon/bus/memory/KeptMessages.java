package dev.carillon.bus.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.RawMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Messages that are kept under names, in the order in which they came. Guarded by its monitor. */
final class KeptMessages {

    private final String topic;
    private final Map<String, IncomingMessage> byId = new LinkedHashMap<>();
    private long next;

    KeptMessages(String topic) {
        this.topic = topic;
    }

    synchronized String keep(String id, RawMessage message) {
        String place = "0:" + next++;
        byId.remove(id);
        byId.put(
                id,
                new IncomingMessage(
                        topic, 0, place, message.headers(), id.getBytes(UTF_8), message.value(), 0, null, null));
        return place;
    }

    synchronized List<IncomingMessage> all() {
        return List.copyOf(byId.values());
    }

    synchronized void discard(String id) {
        byId.remove(id);
    }

    synchronized void discardAt(String place) {
        byId.values().removeIf(message -> message.position().equals(place));
    }
}
