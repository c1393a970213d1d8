package dev.carillon.events;

/**
 * A receiver that knows its own id: it is connected under that id, unless another one is given.
 *
 * @param <T> the event data
 */
public interface IdentifiedReceiver<T> extends Receiver<T> {

    /**
     * The id, unique among the receivers of a signal, and the same after a deployment. It has 1 to 300 characters, no blanks at its
     * ends, and no line breaks or other control characters; else the receiver cannot be connected.
     */
    String receiverId();
}
