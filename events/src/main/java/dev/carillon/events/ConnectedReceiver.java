package dev.carillon.events;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One receiver in its channel: calls it, and turns what it throws into a response. */
final class ConnectedReceiver<T> implements Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final Channel<T> channel;
    private final Receiver<T> receiver;
    private final ReceiverOptions options;
    private final String name;
    private final Response silence;

    ConnectedReceiver(Channel<T> channel, Receiver<T> receiver, ReceiverOptions options) {
        this.channel = channel;
        this.receiver = receiver;
        this.options = options;
        this.name = options.id() != null ? options.id() : nameOf(receiver);
        this.silence = new Response(name, null, null);
    }

    /** A lambda's class ends in a slash and an address, which would differ from run to run. */
    private static String nameOf(Receiver<?> receiver) {
        Object named = receiver instanceof RespondingReceiver<?> responding ? responding.responder() : receiver;
        String className = named.getClass().getName();
        int address = className.indexOf('/');
        return address < 0 ? className : className.substring(0, address);
    }

    boolean hasIdentityOf(ConnectedReceiver<T> other) {
        return options.id() != null ? options.id().equals(other.options.id()) : receiver == other.receiver;
    }

    boolean hasReceiver(Receiver<T> other) {
        return receiver == other;
    }

    boolean isInExecutor() {
        return options.executor() != null;
    }

    /** Runs here and now; what it throws goes through. */
    Response callOrThrow(Event<T> event) throws Exception {
        Object value = receiver.respond(event);
        return value == null ? silence : new Response(name, value, null);
    }

    /** Runs here and now; what it throws is logged and becomes the response. */
    Response call(Event<T> event) {
        try {
            return callOrThrow(event);
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            LOG.error("Receiver {} failed on {}", name, event, e);
            return new Response(name, null, e);
        }
    }

    /** Runs in the receiver's executor; done when the receiver is. */
    CompletableFuture<Response> submit(Event<T> event) {
        if (options.executor() == null) {
            return CompletableFuture.completedFuture(call(event));
        }
        try {
            return CompletableFuture.supplyAsync(() -> call(event), options.executor());
        } catch (RejectedExecutionException e) {
            LOG.error("The executor of receiver {} refused {}", name, event, e);
            return CompletableFuture.completedFuture(new Response(name, null, e));
        }
    }

    @Override
    public Signal<T> signal() {
        return channel.signal();
    }

    @Override
    public String receiverName() {
        return name;
    }

    @Override
    public boolean disconnect() {
        return channel.disconnect(each -> each == this);
    }

    @Override
    public String toString() {
        return "Subscription[" + name + " to " + channel.signal().eventType() + "]";
    }

    @Nullable
    String id() {
        return options.id();
    }
}
