package dev.carillon.bus.internal.consumer;

import dev.carillon.avro.EventCodec;
import dev.carillon.bus.EventBus;
import dev.carillon.bus.internal.consumer.Resolver.Resolution;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.Events;
import dev.carillon.events.Response;
import dev.carillon.events.SendOptions;
import dev.carillon.events.SendResult;
import dev.carillon.events.Signal;
import dev.carillon.events.Subscription;
import dev.carillon.events.internal.PiiScrubber;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The delivery of one event to the receivers that want it: what they were called with, which of them failed, and what they sent.
 * Not thread-safe: it belongs to the worker of its key.
 */
final class Delivery<T> implements Resolution {

    private final IncomingMessage message;
    private final EventMetadata metadata;
    private final Signal<T> signal;
    private final EventCodec<T> codec;
    private final Map<Subscription, Throwable> failures = new LinkedHashMap<>();
    private final Set<String> missing = new TreeSet<>();
    private List<Response> lastResponses = List.of();
    private @Nullable CompletableFuture<Void> sent;
    private boolean begun;
    private boolean reached;
    private @Nullable T data;
    private int attempts;
    private @Nullable Instant firstFailed;

    Delivery(IncomingMessage message, EventMetadata metadata, Signal<T> signal, EventCodec<T> codec) {
        this.message = message;
        this.metadata = metadata;
        this.signal = signal;
        this.codec = codec;
    }

    /** The message, with its data. */
    IncomingMessage message() {
        return message;
    }

    EventMetadata metadata() {
        return metadata;
    }

    Signal<T> signal() {
        return signal;
    }

    /** The event data, decoded at the first call. Throws what the codec throws on bytes that do not fit. */
    T data() {
        T decoded = data;
        if (decoded == null) {
            Schema writer = message.writerSchema();
            decoded = writer == null
                    ? codec.decode(message.data(), metadata.sourceLib())
                    : codec.decode(message.data(), message.dataStart(), writer);
            data = decoded;
        }
        return decoded;
    }

    /** A failure as it may be logged: without anything of the event's data. */
    Throwable loggable(Throwable failure) {
        T decoded = data;
        return decoded == null ? PiiScrubber.withoutMessages(failure) : PiiScrubber.scrub(failure, decoded);
    }

    /** How often its receivers were called; calls while the service was unhealthy do not count. */
    int attempts() {
        return attempts;
    }

    void attempted() {
        attempts++;
        if (firstFailed == null) {
            firstFailed = Clock.systemUTC().instant();
        }
    }

    /** When its receivers failed for the first time; null when they have not. */
    @Nullable
    Instant firstFailed() {
        return firstFailed;
    }

    /** Whether its receivers were called before. */
    boolean hasBegun() {
        return begun;
    }

    /** The failures of receivers that failed the last time they were called. */
    Collection<Throwable> failures() {
        return failures.values();
    }

    /** The same, by the receivers. */
    Map<Subscription, Throwable> failuresByReceiver() {
        return failures;
    }

    /** Whether a receiver was called. */
    boolean hasReachedAnybody() {
        return reached;
    }

    /** The names of the receivers that have yet to handle it: those that failed, and those that are not connected here. */
    List<String> unfinished() {
        return Stream.concat(failures.keySet().stream().map(Subscription::receiverName), missing.stream())
                .distinct()
                .toList();
    }

    /** The names of the receivers that it was meant for and that are not connected here. */
    Set<String> missing() {
        return missing;
    }

    /**
     * Calls the receivers for the first time.
     *
     * @param only the names of the receivers to call; empty for all
     * @param owed the names of receivers that count as missing until they respond
     */
    SendResult begin(Events events, Collection<String> only, Collection<String> owed) {
        begun = true;
        if (!owed.isEmpty()) {
            missing.addAll(owed);
        }
        if (only.isEmpty()) {
            return events.resend(signal, data(), metadata);
        }
        missing.addAll(only);
        return sendTo(events, receiver -> only.contains(receiver.receiverName()));
    }

    /** Calls those receivers again whose last failure may get better; null when there are none. */
    @Nullable
    SendResult callAgain(Events events, Predicate<Throwable> isFinal) {
        Set<Subscription> again = failures.entrySet().stream()
                .filter(each -> !isFinal.test(each.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return again.isEmpty() ? null : sendTo(events, again::contains);
    }

    private SendResult sendTo(Events events, Predicate<Subscription> which) {
        return events.resend(signal, data(), metadata, SendOptions.robust().toReceivers(which));
    }

    /** Records how the receivers responded. */
    void responded(List<Response> responses) {
        lastResponses = responses;
        for (Response response : responses) {
            reached |= !response.receiverName().equals(EventBus.PUBLISHER_ID);
            missing.remove(response.receiverName());
            if (response.failure() == null) {
                failures.remove(response.receiver());
            } else {
                failures.put(response.receiver(), response.failure());
            }
        }
    }

    /** Records what the receivers sent: null for nothing, else done when the broker has answered all of it. */
    void sent(@Nullable CompletableFuture<Void> sends) {
        sent = sends;
    }

    /** Whether the broker has answered all that the receivers sent. */
    boolean areSendsAnswered() {
        return sent == null || sent.isDone();
    }

    /** Runs the action once {@link #areSendsAnswered()}, possibly in a thread of the broker's client. */
    @SuppressWarnings("FutureReturnValueIgnored") // failures are seen by countFailedSends
    void whenSendsAnswered(Runnable then) {
        if (sent == null) {
            then.run();
        } else {
            sent.whenComplete((done, failure) -> then.run());
        }
    }

    /**
     * Counts a failed send as a failure of each receiver that was called the last time: which of them sent it is not known. To be
     * called once {@link #areSendsAnswered()}.
     */
    void countFailedSends() {
        @Nullable Throwable failure = sent == null ? null : failureOf(sent);
        if (failure != null) {
            lastResponses.forEach(response -> failures.putIfAbsent(response.receiver(), failure));
        }
    }

    private static @Nullable Throwable failureOf(CompletableFuture<Void> done) {
        try {
            done.join();
            return null;
        } catch (CompletionException e) {
            return e.getCause() == null ? e : e.getCause();
        }
    }
}
