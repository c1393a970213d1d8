package dev.carillon.events;

import java.util.ArrayList;
import java.util.List;
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
    private volatile boolean enabled = true;
    private volatile List<ConnectedReceiver<T>> receivers = List.of();

    Channel(Signal<T> signal) {
        this.signal = signal;
        Masked.unmasked(signal.dataClass())
                .forEach(record -> LOG.warn(
                        "Record {} of event {} has @Pii components, and a toString() that shows them to whoever logs it."
                                + " Carillon never calls it; for other code, write into the record:"
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
