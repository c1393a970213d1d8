package dev.carillon.bus.internal.consumer;

import dev.carillon.bus.consumer.FailurePolicy.KeyPolicy;
import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.deadletter.DeadLetter.Cause;
import dev.carillon.bus.deadletter.DeadLetters.Malformed;
import dev.carillon.bus.internal.Loggers;
import dev.carillon.bus.internal.deadletter.BlockedKeys;
import dev.carillon.bus.internal.deadletter.DeadLetterHeaders;
import dev.carillon.bus.internal.deadletter.DeadLetterStore;
import dev.carillon.bus.internal.deadletter.Origin;
import dev.carillon.bus.transport.HeaderNames;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageStore;
import dev.carillon.bus.transport.RawMessage;
import dev.carillon.bus.transport.Transport;
import dev.carillon.bus.transport.UnpublishableException;
import dev.carillon.events.internal.Shown;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Stores failed messages as dead letters. When the broker does not accept one, the worker retries until it does: a
 * message is finished only when its dead letter is stored. Methods that store or remove a dead letter return false when the
 * consumer ended meanwhile, and throw a {@link DeadLetterRefusedException} when the broker will never accept it. Thread-safe.
 */
public final class DeadLetterHandler implements FailureHandler {

    private static final Logger LOG = Loggers.CONSUMER;
    private static final Duration INITIAL_DELAY = Duration.ofMillis(200);
    private static final int MAX_TEXT_LENGTH = 1_000;
    private static final int MAX_REPORTED = 100;
    private static final String UNREACHED =
            "redriven, but this service has no receiver with this id for this event: connect one, or discard the dead"
                    + " letter";

    private final MessageStore store;
    private final String group;
    private final KeyPolicy keyPolicy;
    private final EventKeys keys;
    private final Transport transport;
    private final HeaderNames names;
    private final ConsumerMetrics metrics;
    private final StopSignal abandoned = new StopSignal();
    private final BlockedKeys blockedKeys;
    private final Map<String, DeadLetterStore> stores = new ConcurrentHashMap<>();
    private volatile UnaryOperator<String> topicIds = topic -> "";

    /** Topic → when the last read of its dead letters began, as {@link System#nanoTime()}. Guarded by its own lock. */
    private final Map<String, Long> refreshed = new HashMap<>();

    /** The malformed entries that have been logged. */
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    public DeadLetterHandler(
            MessageStore store,
            List<String> fullTopics,
            String group,
            KeyPolicy keyPolicy,
            EventKeys keys,
            Transport transport,
            ConsumerMetrics metrics) {
        this.store = store;
        this.group = group;
        this.keyPolicy = keyPolicy;
        this.keys = keys;
        this.transport = transport;
        this.names = transport.headerNames();
        this.blockedKeys = new BlockedKeys(transport::position);
        this.metrics = metrics;
        fullTopics.forEach(topic -> stores.put(topic, new DeadLetterStore(store, transport, topic, group)));
    }

    @Override
    public void begin(UnaryOperator<String> ids) {
        topicIds = ids;
    }

    @Override
    public void abandon() {
        abandoned.request();
    }

    @Override
    public boolean isBlocked(InFlightMessage message) {
        Origin origin = message.origin();
        if (keyPolicy != KeyPolicy.BLOCK || !blockedKeys.isBlocked(origin.topic(), keyOf(message))) {
            return false;
        }
        if (!origin.isRedriven()) {
            return true;
        }
        if (blockedKeys.hasBefore(keyOf(message), origin)) {
            // Dead letters before it may have been discarded before this one was redriven.
            retryUntilStopped(message.message(), () -> refresh(origin.topic(), message.arrivedNanos()));
        }
        return blockedKeys.hasBefore(keyOf(message), origin);
    }

    /**
     * When all dead letters before it are being redriven, this one is redriven, too. An event that is already a dead letter and
     * arrives a second time stays the same dead letter.
     */
    @Override
    public boolean deadLetterBehind(InFlightMessage message) {
        Origin origin = message.origin();
        if (!origin.isRedriven()
                && blockedKeys.placeOf(origin.id(message.message())).isPresent()) {
            return true;
        }
        Cause cause = new Cause(
                DeadLetter.Kind.BLOCKED, "", "an earlier event with its key is a dead letter", origin.receivers());
        return retryUntilStopped(message.message(), () -> {
            boolean follows =
                    !origin.isRedriven() && !blockedKeys.isBlockedByUnredriven(origin.topic(), keyOf(message));
            DeadLetter deadLetter = store(message, cause, 0);
            if (follows) {
                blockedKeys.stored(of(origin).redrive(deadLetter, original(message.message())));
            }
        });
    }

    @Override
    public boolean failed(InFlightMessage message, Delivery<?> delivery) {
        Throwable first = delivery.failures().iterator().next();
        Cause cause =
                new Cause(DeadLetter.Kind.FAILED, first.getClass().getName(), messageOf(first), delivery.unfinished());
        return deadLetter(message, () -> cause, delivery.attempts());
    }

    @Override
    public boolean unreached(InFlightMessage message) {
        return deadLetter(message, () -> unreachedCause(message), 0);
    }

    /** Keeps the original failure in the text, because operators still need it. */
    private Cause unreachedCause(InFlightMessage message) {
        Origin origin = message.origin();
        String id = origin.id(message.message());
        Cause before = of(origin)
                .find(id, placeOf(origin, id))
                .map(DeadLetter::cause)
                .orElse(new Cause(DeadLetter.Kind.FAILED, "", "", List.of()));
        String text = before.text().startsWith(UNREACHED)
                ? before.text()
                : UNREACHED + (before.failure().isEmpty() ? "" : "; before that it had failed: " + before.text());
        return new Cause(DeadLetter.Kind.FAILED, before.failure(), text, receiversOf(message));
    }

    @Override
    public boolean undecodable(InFlightMessage message, RuntimeException problem) {
        return deadLetter(
                message, () -> new Cause(DeadLetter.Kind.UNDECODABLE, "", messageOf(problem), receiversOf(message)), 0);
    }

    /** The receivers that have not handled the message yet; when that is unknown, those that it was addressed to. */
    private static List<String> receiversOf(InFlightMessage message) {
        Delivery<?> delivery = message.delivery();
        List<String> unfinished = delivery == null ? List.of() : delivery.unfinished();
        return unfinished.isEmpty() ? message.origin().receivers() : unfinished;
    }

    /** The message of an exception; empty when the exception's own {@code getMessage()} throws. */
    private static String messageOf(Throwable failure) {
        try {
            return String.valueOf(failure.getMessage());
        } catch (RuntimeException | Error e) {
            return "";
        }
    }

    private boolean deadLetter(InFlightMessage message, Supplier<Cause> because, int attempts) {
        return retryUntilStopped(message.message(), () -> {
            Cause cause = because.get();
            DeadLetter deadLetter = store(message, cause, attempts);
            LOG.error(
                    "Event {} (topic {}, group {}) moved to dead letters as {} after {} attempts: {} {}",
                    message,
                    message.origin().topic(),
                    group,
                    deadLetter.id(),
                    deadLetter.attempts(),
                    cause.text().startsWith(UNREACHED) ? UNREACHED : cause.failure(),
                    Shown.text(
                            cause.kind() == DeadLetter.Kind.UNDECODABLE
                                    ? cause.text()
                                    : cause.receivers().toString(),
                            MAX_TEXT_LENGTH));
        });
    }

    private static Instant firstFailed(InFlightMessage message, Instant now) {
        Instant before = message.origin().firstFailed();
        if (before != null) {
            return before;
        }
        Delivery<?> delivery = message.delivery();
        return delivery != null && delivery.firstFailed() != null ? delivery.firstFailed() : now;
    }

    private DeadLetter store(InFlightMessage inFlight, Cause cause, int attempts) {
        IncomingMessage message = inFlight.message();
        Origin origin = inFlight.origin();
        String id = origin.id(message);
        String text =
                cause.text().length() > MAX_TEXT_LENGTH ? cause.text().substring(0, MAX_TEXT_LENGTH) : cause.text();
        Instant now = Clock.systemUTC().instant();
        DeadLetter deadLetter = of(origin)
                .put(
                        new DeadLetter(
                                id,
                                origin.topic(),
                                origin.isRedriven() ? origin.topicId() : topicIds.apply(origin.topic()),
                                origin.partition(),
                                origin.position().toString(),
                                group,
                                message.header(names.eventType()),
                                message.header(names.id()),
                                keyOf(inFlight),
                                new Cause(cause.kind(), cause.failure(), text, cause.receivers()),
                                origin.attempts() + attempts,
                                firstFailed(inFlight, now),
                                now,
                                null,
                                placeOf(origin, id)),
                        original(message));
        if (blocksKeys()) {
            blockedKeys.stored(deadLetter);
        }
        metrics.deadLettered.increment();
        return deadLetter;
    }

    private static RawMessage original(IncomingMessage message) {
        return new RawMessage(
                DeadLetterHeaders.withoutDeadLetterHeaders(message.headers()), message.key(), message.data());
    }

    /** Removes the dead letter of the message, if it has one. */
    @Override
    public boolean handled(InFlightMessage message) {
        Origin origin = message.origin();
        return !origin.isRedriven()
                || retryUntilStopped(message.message(), () -> {
                    String id = origin.id(message.message());
                    of(origin).discard(id, placeOf(origin, id));
                    if (blocksKeys()) {
                        blockedKeys.gone(id);
                    }
                });
    }

    /** The place of the dead letter. If it was redriven again meanwhile, it has a newer place than this message says. */
    private String placeOf(Origin origin, String id) {
        String sent = origin.place();
        return blockedKeys
                .placeOf(id)
                .filter(known -> sent.isEmpty() || transport.position(known).compareTo(transport.position(sent)) > 0)
                .orElse(sent);
    }

    @Override
    public boolean blocksKeys() {
        return keyPolicy == KeyPolicy.BLOCK;
    }

    @Override
    public boolean refresh(StopSignal stop) {
        return !blocksKeys()
                || retryUntilStopped("read the dead letters", stop, () -> {
                    long now = System.nanoTime();
                    stores.keySet().forEach(topic -> refresh(topic, now));
                });
    }

    /** Reads the dead letters of a topic, unless a read has begun after this time. */
    private void refresh(String topic, long nanos) {
        synchronized (refreshed) {
            Long last = refreshed.get(topic);
            if (last == null || last - nanos < 0) {
                long begun = System.nanoTime();
                List<Malformed> malformed = new ArrayList<>();
                blockedKeys.read(
                        topic, of(topic).read(deadLetter -> blockedKeys.entry(deadLetter, begun), malformed), begun);
                refreshed.put(topic, begun);
                report(topic, malformed);
            }
        }
    }

    /** Logs each malformed entry once: entries stay until an operator discards them. */
    private void report(String topic, List<Malformed> malformed) {
        for (Malformed each : malformed) {
            if (reported.size() < MAX_REPORTED && reported.add(topic + "@" + each.place())) {
                LOG.warn(
                        "Malformed entry {} among the dead letters of group {}, topic {}; skipping it: {}."
                                + " To remove it, discard it by this place",
                        each.place(),
                        group,
                        topic,
                        each.reason());
            }
        }
    }

    private DeadLetterStore of(Origin origin) {
        return of(origin.topic());
    }

    private DeadLetterStore of(String topic) {
        return stores.computeIfAbsent(topic, absent -> new DeadLetterStore(store, transport, topic, group));
    }

    private @Nullable String keyOf(InFlightMessage message) {
        @Nullable Object key = keys.of(message);
        return key == null ? null : key.toString();
    }

    private boolean retryUntilStopped(IncomingMessage message, Runnable what) {
        try {
            return retryUntilStopped("read or update the dead letters for " + message, abandoned, what);
        } catch (UnpublishableException e) {
            throw FailureHandler.DeadLetterRefusedException.of(message, group, e);
        }
    }

    private static boolean retryUntilStopped(String what, StopSignal end, Runnable attempt) {
        BrokerBackoff backoff = new BrokerBackoff(Clock.systemUTC(), INITIAL_DELAY);
        while (!end.isRequested()) {
            try {
                attempt.run();
                backoff.succeeded();
                return true;
            } catch (UnpublishableException e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.debug("The broker did not {}", what, e);
                end.awaitIgnoringInterrupts(backoff.failed(e));
            }
        }
        return false;
    }

    @Override
    public void close() {
        store.close();
    }
}
