package dev.carillon.bus.internal.consumer;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The topics of a consumer that are paused. Thread-safe. */
public final class PausedTopics {

    private final List<String> fullTopics;
    private volatile Set<String> paused = Set.of();

    public PausedTopics(List<String> fullTopics) {
        this.fullTopics = fullTopics;
    }

    public synchronized void pause(String fullTopic) {
        require(fullTopic);
        Set<String> more = new HashSet<>(paused);
        if (more.add(fullTopic)) {
            paused = Set.copyOf(more);
        }
    }

    public synchronized void resume(String fullTopic) {
        require(fullTopic);
        Set<String> fewer = new HashSet<>(paused);
        if (fewer.remove(fullTopic)) {
            paused = Set.copyOf(fewer);
        }
    }

    private void require(String fullTopic) {
        if (!fullTopics.contains(fullTopic)) {
            throw new IllegalArgumentException(
                    "This consumer does not read " + fullTopic + ", but " + String.join(", ", fullTopics));
        }
    }

    /** Returns the same instance until something changes. */
    Set<String> now() {
        return paused;
    }

    boolean areAll(Set<String> these) {
        return these.size() == fullTopics.size();
    }
}
