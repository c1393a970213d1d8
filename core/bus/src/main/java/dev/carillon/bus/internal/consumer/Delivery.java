package dev.carillon.bus.internal.consumer;

import dev.carillon.avro.EventCodec;
import dev.carillon.avro.EventSchema;
import dev.carillon.bus.interceptor.EventInterceptor.DeliveryAttempt;
import dev.carillon.bus.interceptor.EventInterceptor.DeliveryResult;
import dev.carillon.bus.interceptor.EventInterceptor.DeliveryScope;
import dev.carillon.bus.interceptor.EventInterceptor.Outcome;
import dev.carillon.bus.internal.Interceptors;
import dev.carillon.bus.internal.consumer.Resolver.Resolution;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.SchemaFingerprint;
import dev.carillon.bus.transport.WriterSchema;
import dev.carillon.events.Event;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.Events;
import dev.carillon.events.PiiScrubber;
import dev.carillon.events.Response;
import dev.carillon.events.SendOptions;
import dev.carillon.events.SendResult;
import dev.carillon.events.Signal;
import dev.carillon.events.Subscription;
import dev.carillon.events.internal.Shown;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
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
import org.jspecify.annotations.Nullable;

/**
 * The delivery of one event to its receivers: their responses, their failures and their sends. Not thread-safe: it belongs to
 * the worker of its key.
 */
public final class Delivery<T> implements Resolution {

    /** The id of the receiver that publishes the events of a service. It also receives events from the bus, and ignores them. */
    public static final String PUBLISHER_ID = "carillon.event-bus";

    /** The dispatcher logs failures: one line for an attempt that is followed by another, the stack trace with the last one. */
    private static final SendOptions QUIET = SendOptions.robust().withoutLog();

    private final IncomingMessage message;
    private final EventMetadata metadata;
    private final Signal<T> signal;
    private final EventCodec<T> codec;
    private final Map<Subscription, Throwable> failures = new LinkedHashMap<>();
    /** All receivers that were called, once one of them has failed. Not allocated before: most events never fail. */
    private Set<Subscription> called = Set.of();

    private final Set<String> missing = new TreeSet<>();
    private List<Response> lastResponses = List.of();
    private @Nullable CompletableFuture<Void> sent;
    private boolean begun;
    private boolean reached;
    private @Nullable T data;
    private DeliveryScope attempt = DeliveryScope.NONE;
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

    /**
     * The event data, decoded on the first call. Throws the codec's exception when the bytes do not match the schema, and an
     * {@link IllegalStateException} when the schema is lost.
     */
    T data() {
        T decoded = data;
        if (decoded == null) {
            WriterSchema writer = message.writerSchema();
            decoded = writer == null
                    ? decodeWithoutSchema()
                    : codec.decode(
                            message.data(), message.dataStart(), writer.parsed(EventSchema.class, EventSchema::parse));
            data = decoded;
        }
        return decoded;
    }

    /** Reads data whose schema the broker does not have: a schema that the message names must be ours. */
    private T decodeWithoutSchema() {
        String fingerprint = message.header(SchemaFingerprint.HEADER);
        if (fingerprint == null) {
            return codec.decode(message.data(), metadata.sourceLib());
        }
        if (fingerprint.equals(SchemaFingerprint.of(codec.schemaText()))) {
            return codec.decode(message.data());
        }
        throw new IllegalStateException(
                "it was written with the schema " + Shown.text(fingerprint)
                        + ", which the broker does not have any more. A producer with this schema stores it again when it sends an event");
    }

    /** A copy of a failure that is safe to log: it contains nothing of the event data. */
    Throwable loggable(Throwable failure) {
        T decoded = data;
        return decoded == null ? PiiScrubber.withoutMessages(failure) : PiiScrubber.scrub(failure, decoded);
    }

    /** Notifies interceptors that its receivers are about to be called. */
    DeliveryScope beginAttempt(Interceptors interceptors, String group, boolean isRedriven) {
        Event<T> event = new Event<>(signal, data(), metadata, true);
        attempt = interceptors.delivering(
                new Attempt(event, message, interceptors.broker(), group, attempts + 1, isRedriven));
        return attempt;
    }

    /** Notifies interceptors of how the attempt ended. */
    void attemptEnded(Outcome outcome, long retryNanos) {
        DeliveryScope ended = attempt;
        if (ended != DeliveryScope.NONE) {
            attempt = DeliveryScope.NONE;
            ended.ended(new DeliveryResult(
                    outcome, lastResponses, List.copyOf(failures.values()), Duration.ofNanos(retryNanos)));
        }
    }

    /** What interceptors see. */
    private record Attempt(
            Event<?> event, IncomingMessage message, String broker, String group, int number, boolean isRedriven)
            implements DeliveryAttempt {

        @Override
        public String topic() {
            return message.topic();
        }

        @Override
        public int partition() {
            return message.partition();
        }

        @Override
        public String position() {
            return message.position().toString();
        }

        @Override
        public @Nullable String header(String name) {
            return message.header(name);
        }
    }

    /** How often its receivers were called. Calls while the service was unhealthy do not count. */
    int attempts() {
        return attempts;
    }

    void attempted(Instant now) {
        attempts++;
        if (firstFailed == null) {
            firstFailed = now;
        }
    }

    /** When its receivers failed for the first time; null when they have not. */
    @Nullable
    Instant firstFailed() {
        return firstFailed;
    }

    /** Whether its receivers have been called before. */
    boolean hasBegun() {
        return begun;
    }

    /** The latest failures of the receivers that failed when they were last called. */
    Collection<Throwable> failures() {
        return failures.values();
    }

    /** Like {@link #failures()}, by receiver. */
    Map<Subscription, Throwable> failuresByReceiver() {
        return failures;
    }

    /** Whether a receiver was called, other than {@link #PUBLISHER_ID}. */
    boolean hasReachedReceiver() {
        return reached;
    }

    /** The names of the receivers that have yet to handle the event: those that failed, and those that are not connected here. */
    List<String> unfinished() {
        return Stream.concat(failures.keySet().stream().map(Subscription::receiverName), missing.stream())
                .distinct()
                .toList();
    }

    /** The names of the receivers that the event was meant for and that are not connected here. */
    Set<String> missing() {
        return missing;
    }

    /**
     * Calls the receivers for the first time.
     *
     * @param only the names of the receivers to call; empty for all
     * @param pendingReceivers the names of receivers that count as missing until they respond
     */
    SendResult begin(Events events, Collection<String> only, Collection<String> pendingReceivers) {
        begun = true;
        if (!pendingReceivers.isEmpty()) {
            missing.addAll(pendingReceivers);
        }
        if (only.isEmpty()) {
            return events.resend(signal, data(), metadata, QUIET);
        }
        missing.addAll(only);
        return sendTo(events, receiver -> only.contains(receiver.receiverName()));
    }

    /**
     * Calls the failed receivers again, except those whose last failure must not be retried. In place of one that was disconnected
     * meanwhile, it calls a new one with its name. Null when there are none to call.
     */
    @Nullable
    SendResult callAgain(Events events, Predicate<Throwable> abortOn) {
        Set<Subscription> again = failures.entrySet().stream()
                .filter(each -> !abortOn.test(each.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        Set<String> disconnected = again.stream()
                .filter(each -> !each.isConnected())
                .map(Subscription::receiverName)
                .collect(Collectors.toSet());
        return again.isEmpty()
                ? null
                : sendTo(
                        events,
                        each -> again.contains(each)
                                || (disconnected.contains(each.receiverName()) && !called.contains(each)));
    }

    private SendResult sendTo(Events events, Predicate<Subscription> which) {
        return events.resend(signal, data(), metadata, QUIET.toReceivers(which));
    }

    /** Records how the receivers responded. */
    void responded(List<Response> responses) {
        lastResponses = responses;
        for (Response response : responses) {
            reached |= !response.receiverName().equals(PUBLISHER_ID);
            missing.remove(response.receiverName());
            forgetReplaced(response);
            if (response.failure() == null) {
                failures.remove(response.receiver());
            } else {
                failures.put(response.receiver(), response.failure());
            }
        }
        if (!failures.isEmpty()) {
            Set<Subscription> all = new HashSet<>(called);
            responses.forEach(response -> all.add(response.receiver()));
            called = all;
        }
    }

    /** The failure of a receiver that was disconnected no longer counts when a new one with its name has responded. */
    private void forgetReplaced(Response response) {
        if (!failures.isEmpty() && !called.contains(response.receiver())) {
            failures.keySet()
                    .removeIf(failed -> failed.receiverName().equals(response.receiverName()) && !failed.isConnected());
        }
    }

    /**
     * Records the sends of the receivers: null when there were none, otherwise a future that completes when the broker has
     * responded to all of them.
     */
    void sent(@Nullable CompletableFuture<Void> sends) {
        sent = sends;
    }

    /** Whether the broker has responded to all sends of the receivers. */
    boolean areSendsCompleted() {
        return sent == null || sent.isDone();
    }

    /** Runs the action once {@link #areSendsCompleted()}, possibly in a thread of the broker's client. */
    @SuppressWarnings("FutureReturnValueIgnored") // failures are handled by countFailedSends
    void whenSendsCompleted(Runnable then) {
        if (sent == null) {
            then.run();
        } else {
            sent.whenComplete((done, failure) -> then.run());
        }
    }

    /**
     * Counts a failed send as a failure of each receiver that was last called: which of them sent it is not known. Must be
     * called only once {@link #areSendsCompleted()}.
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
