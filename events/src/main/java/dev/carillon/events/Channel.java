package dev.carillon.events;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The receivers of one event type in one service. Sending reads two volatile fields and takes no lock; connecting copies
 * the array.
 */
final class Channel<T> {

    private final Signal<T> signal;
    private volatile boolean enabled = true;
    private volatile boolean failFast;
    private volatile List<ConnectedReceiver<T>> receivers = List.of();

    Channel(Signal<T> signal, boolean failFast) {
        this.signal = signal;
        this.failFast = failFast;
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

    /** Whether the first failure of a receiver is the sender's. */
    boolean isFailFast() {
        return failFast;
    }

    void setFailFast(boolean failFast) {
        this.failFast = failFast;
    }

    /** In the order connected. Never modified: connecting replaces the list. */
    List<ConnectedReceiver<T>> receivers() {
        return receivers;
    }

    /** Connects the receiver, or answers the one that stands already under the same identity. */
    synchronized ConnectedReceiver<T> connect(Receiver<T> receiver, ReceiverOptions options) {
        ConnectedReceiver<T> added = new ConnectedReceiver<>(this, receiver, options);
        @Nullable ConnectedReceiver<T> standing = find(each -> each.isSameAs(added));
        if (standing != null) {
            return standing;
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
