package dev.carillon.events;

import static java.util.Objects.requireNonNull;

import dev.carillon.events.internal.Shown;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One receiver in its channel. Calls it and converts its exceptions to responses. */
final class ConnectedReceiver<T> implements Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final Channel<T> channel;
    private final Receiver<T> receiver;
    private final ReceiverOptions options;
    private final ReceiverId id;

    ConnectedReceiver(Channel<T> channel, Receiver<T> receiver, ReceiverOptions options) {
        requireNonNull(receiver, "receiver");
        requireNonNull(options, "options");
        this.channel = channel;
        this.receiver = receiver;
        this.options = withOwnId(receiver, options);
        this.id = ReceiverId.of(objectOf(receiver), this.options);
    }

    private static ReceiverOptions withOwnId(Receiver<?> receiver, ReceiverOptions options) {
        return options.id() == null && receiver instanceof IdentifiedReceiver<?> identified
                ? new ReceiverOptions(identified.receiverId(), options.executor())
                : options;
    }

    /** The user's object, possibly wrapped by us. */
    private static Object objectOf(Receiver<?> receiver) {
        return receiver instanceof RespondingReceiver<?> responding ? responding.responder() : receiver;
    }

    /** Whether both have the same id, or neither has an id and both are the same object. */
    boolean isSameAs(ConnectedReceiver<T> other) {
        return Objects.equals(options.id(), other.options.id())
                && (options.id() != null || hasReceiver(other.receiver));
    }

    boolean hasReceiver(Receiver<?> other) {
        return objectOf(receiver) == objectOf(other);
    }

    /** Whether both may be the same code, for example in a service that connects its receivers twice. */
    boolean isOfClassOf(Receiver<?> other) {
        return objectOf(receiver).getClass().equals(objectOf(other).getClass());
    }

    @Override
    public boolean isOf(Receiver<?> other) {
        return hasReceiver(other);
    }

    boolean isInExecutor() {
        return options.executor() != null;
    }

    /** Runs in the current thread; exceptions propagate. */
    Response callOrThrow(Event<T> event) throws Exception {
        long start = System.nanoTime();
        Object value = receiver.respond(event);
        return new Response(this, value, null, System.nanoTime() - start);
    }

    /**
     * Runs in the current thread; whatever it throws is logged, if it is to be, and becomes the response. This includes errors: an event for
     * which a receiver runs out of memory must not terminate the sender on every attempt.
     */
    Response call(Event<T> event, boolean logs) {
        long start = System.nanoTime();
        try {
            return callOrThrow(event);
        } catch (Throwable e) {
            return failed(event, e, System.nanoTime() - start, logs);
        }
    }

    /**
     * Runs in the receiver's executor. The future completes with the receiver, never exceptionally. An exception of the
     * executor is a failure of this receiver only.
     */
    CompletableFuture<Response> submit(Event<T> event, boolean logs) {
        if (options.executor() == null) {
            return CompletableFuture.completedFuture(call(event, logs));
        }
        try {
            return CompletableFuture.supplyAsync(() -> call(event, logs), options.executor())
                    .exceptionally(e -> failed(event, causeOf(e), 0, logs));
        } catch (Throwable e) { // an executor that cannot start a thread throws an OutOfMemoryError
            return CompletableFuture.completedFuture(
                    failed("The executor of receiver {} refused {}", event, e, 0, logs));
        }
    }

    private static Throwable causeOf(Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    private Response failed(Event<T> event, Throwable failure, long nanos, boolean logs) {
        return failed("Receiver {} failed on {}", event, failure, nanos, logs);
    }

    private Response failed(String receiverAndEvent, Event<T> event, Throwable failure, long nanos, boolean logs) {
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        if (logs) {
            LOG.error(
                    receiverAndEvent, Shown.text(receiverName(), 300), event, PiiScrubber.scrub(failure, event.data()));
        }
        return new Response(this, null, failure, nanos);
    }

    @Override
    public Signal<T> signal() {
        return channel.signal();
    }

    @Override
    public String receiverName() {
        return id.text();
    }

    /** Whether its name stays the same after a deployment. */
    boolean hasStableName() {
        return id.isStable();
    }

    @Override
    public boolean isConnected() {
        return channel.receivers().contains(this);
    }

    @Override
    public boolean disconnect() {
        return channel.disconnect(each -> each == this);
    }

    @Override
    public String toString() {
        return "Subscription[" + receiverName() + " to " + channel.signal().eventType() + "]";
    }

    @Nullable
    String id() {
        return options.id();
    }
}
