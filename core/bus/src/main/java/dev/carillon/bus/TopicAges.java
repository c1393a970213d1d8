package dev.carillon.bus;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Tells which of several topics of one name is the older one: that of which a message failed first. A topic that was deleted and made
 * anew counts its positions from the start, so that positions alone do not tell. For one thread.
 */
final class TopicAges {

    private final Map<String, Instant> firstFailed = new HashMap<>();

    /** These are known from now on, beside those that were seen before. */
    <T> void seeAll(Collection<T> letters, Function<T, String> topicId, Function<T, Instant> failed) {
        letters.stream()
                .sorted(Comparator.comparing(failed))
                .forEach(letter -> see(topicId.apply(letter), failed.apply(letter)));
    }

    /** A message of this topic failed then. Of several messages of a topic, the one that failed first is to be seen first. */
    void see(String topicId, Instant failed) {
        firstFailed.putIfAbsent(topicId, failed);
    }

    /** Older ones first. Where the id is not known, the letter is of a release that noted none. */
    Instant of(String topicId) {
        return topicId.isEmpty() ? Instant.EPOCH : firstFailed.getOrDefault(topicId, Instant.EPOCH);
    }
}
