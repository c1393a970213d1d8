package dev.carillon.bus;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which topics of a consumer are not read for now. Thread-safe. */
final class PausedTopics {

    private final List<String> fullTopics;
    private volatile Set<String> paused = Set.of();

    PausedTopics(List<String> fullTopics) {
        this.fullTopics = fullTopics;
    }

    synchronized void pause(String fullTopic) {
        require(fullTopic);
        Set<String> more = new HashSet<>(paused);
        if (more.add(fullTopic)) {
            paused = Set.copyOf(more);
        }
    }

    synchronized void resume(String fullTopic) {
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

    /** The same set as long as nothing changes. */
    Set<String> now() {
        return paused;
    }

    boolean areAll(Set<String> these) {
        return these.size() == fullTopics.size();
    }
}
