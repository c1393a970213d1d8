package dev.carillon.bus;

import dev.carillon.bus.spi.IncomingMessage;
import dev.carillon.bus.spi.MessageSource;
import dev.carillon.bus.spi.Partition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Reads parked messages again. Lanes ask for those whose turn it is; the polling thread, which owns the source, reads them. */
final class ParkedMessages {

    /** How many of one key are read again at once. */
    static final int MOST_AT_ONCE = 100;

    private static final int REQUESTS_AT_ONCE = 16;

    private record Request(Lane lane, Object key, List<Held> messages) {}

    private final InFlight inFlight;
    private final int mostInMemory;
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();

    /** While this many messages are in memory, no more than one is read again at a time. */
    ParkedMessages(InFlight inFlight, int mostInMemory) {
        this.inFlight = inFlight;
        this.mostInMemory = mostInMemory;
    }

    /** Asks for messages of a key; the lane is told when they are there. Called by lanes. */
    void ask(Lane lane, Object key, List<Held> messages) {
        requests.add(new Request(lane, key, messages));
        inFlight.wake();
    }

    boolean areAskedFor() {
        return !requests.isEmpty();
    }

    /** Reads what was asked for. What the source throws goes through, and the request stays. The polling thread's. */
    void readAgain(MessageSource source) {
        for (int i = 0; i < REQUESTS_AT_ONCE; i++) {
            Request request = requests.peek();
            if (request == null) {
                return;
            }
            byPartition(request).forEach((partition, messages) -> readAgain(source, partition, messages));
            requests.remove();
            request.lane().resume(request.key());
        }
    }

    private Map<Partition, List<Held>> byPartition(Request request) {
        Map<Partition, List<Held>> byPartition = new LinkedHashMap<>();
        List<Held> messages = request.messages();
        for (Held held : inFlight.inMemory() < mostInMemory ? messages : messages.subList(0, 1)) {
            if (!held.isRecalled() && !held.hasData()) {
                byPartition
                        .computeIfAbsent(held.partition(), absent -> new ArrayList<>())
                        .add(held);
            }
        }
        return byPartition;
    }

    private void readAgain(MessageSource source, Partition partition, List<Held> messages) {
        List<String> positions =
                messages.stream().map(held -> held.message().position()).toList();
        Map<String, IncomingMessage> found = new HashMap<>();
        source.readAgain(partition, positions).forEach(message -> found.put(message.position(), message));
        messages.forEach(held -> inFlight.restore(held, found.get(held.message().position())));
    }
}
