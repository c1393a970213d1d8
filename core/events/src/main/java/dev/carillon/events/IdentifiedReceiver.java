package dev.carillon.events;

/**
 * A receiver that defines its own id. It is connected under that id unless another one is given.
 *
 * @param <T> the event data
 */
public interface IdentifiedReceiver<T> extends Receiver<T> {

    /**
     * The id: unique among the receivers of a signal, and the same after a deployment. It has 1 to 300 characters, no
     * leading or trailing blanks, no line breaks and no other control characters; otherwise the receiver cannot be
     * connected.
     */
    String receiverId();
}
