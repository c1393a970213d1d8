package dev.carillon.events;

import dev.carillon.events.internal.Shown;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The receivers of one event type in one service. Sending reads two volatile fields and takes no lock; connecting copies
 * the array.
 */
final class Channel<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final Signal<T> signal;
    private volatile boolean enabled;
    private volatile boolean failFast;
    private volatile List<ConnectedReceiver<T>> receivers = List.of();

    /** Guarded by this. */
    private boolean idsRequired;

    Channel(Signal<T> signal, boolean enabled, boolean failFast, boolean idsRequired) {
        this.signal = signal;
        this.enabled = enabled;
        this.failFast = failFast;
        this.idsRequired = idsRequired;
        Masked.unmasked(signal.dataClass())
                .forEach(record -> LOG.warn(
                        "Record {} of event {} has @Pii components, and a toString() that does not mask them."
                                + " Carillon never calls it; to mask them in your own logs, add to the record:"
                                + " @Override public String toString() { return Masked.toString(this); }",
                        record.getName(),
                        signal.eventType()));
    }

    Signal<T> signal() {
        return signal;
    }

    boolean isEnabled() {
        return enabled;
    }

    void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    /** Whether the first failure of a receiver is thrown to the sender. */
    boolean isFailFast() {
        return failFast;
    }

    void setFailFast(boolean failFast) {
        this.failFast = failFast;
    }

    /** In connection order. Never modified: connecting replaces the list. */
    List<ConnectedReceiver<T>> receivers() {
        return receivers;
    }

    /**
     * Requires from now on that each receiver has a unique name that survives a deployment. Returns the problems of the
     * receivers that have none.
     */
    synchronized List<String> requireIds() {
        idsRequired = true;
        List<String> problems = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ConnectedReceiver<T> each : receivers) {
            if (!names.add(each.receiverName()) || !each.hasStableName()) {
                problems.add(withoutId(each));
            }
        }
        return problems;
    }

    synchronized void requireNoIds() {
        idsRequired = false;
    }

    private String withoutId(ConnectedReceiver<T> receiver) {
        return "Receiver " + Shown.text(receiver.receiverName(), 300) + " of " + signal.eventType()
                + (receiver.hasStableName()
                        ? " has the name of another one, connected by the same method or of the same class"
                        : " has no name that survives a deployment")
                + ", but a consumer keeps failures and dead letters by receiver: give it an id that is unique and stays the same,"
                + " as in events.connect(signal, \"award\", receiver)";
    }

    /** Connects the receiver, or returns the one that is already connected under the same identity. */
    synchronized ConnectedReceiver<T> connect(Receiver<T> receiver, ReceiverOptions options) {
        ConnectedReceiver<T> added = new ConnectedReceiver<>(this, receiver, options);
        @Nullable ConnectedReceiver<T> existing = find(each -> each.isSameAs(added));
        if (existing != null) {
            if (!existing.isOfClassOf(receiver)) {
                LOG.warn(
                        "Receiver {} of {} is already connected: another receiver with the same id was ignored, and gets no"
                                + " events. Give it an id of its own, or disconnect the first one before you connect it",
                        Shown.text(existing.receiverName(), 300),
                        signal.eventType());
            }
            return existing;
        }
        if (idsRequired
                && (!added.hasStableName() || find(each -> each.receiverName().equals(added.receiverName())) != null)) {
            throw new IllegalArgumentException(withoutId(added));
        }
        List<ConnectedReceiver<T>> grown = new ArrayList<>(receivers);
        grown.add(added);
        receivers = List.copyOf(grown);
        return added;
    }

    synchronized boolean disconnect(Predicate<ConnectedReceiver<T>> which) {
        int before = receivers.size();
        receivers = receivers.stream().filter(which.negate()).toList();
        return receivers.size() < before;
    }

    private @Nullable ConnectedReceiver<T> find(Predicate<ConnectedReceiver<T>> which) {
        for (ConnectedReceiver<T> each : receivers) {
            if (which.test(each)) {
                return each;
            }
        }
        return null;
    }
}
