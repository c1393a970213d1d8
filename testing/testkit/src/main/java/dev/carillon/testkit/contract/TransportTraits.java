package dev.carillon.testkit.contract;

import java.util.Map;

/**
 * The differences that the contract allows between transports. Start with {@link #standard()} and change what differs:
 *
 * <pre>{@code
 * TransportTraits.standard().withPartitions().withForcedMoves().withLargestMessage(1_048_576)
 * }</pre>
 *
 * <p>Whether a transport keeps dead letters and can be administered is not a trait: such a transport adds {@link StoreContract} and
 * {@link AdminContract} to its test, or extends {@link TransportContract}, which has both.
 *
 * @param ordersWholeTopic whether one worker receives all messages of a topic in the order in which they were published; false: only
 *     those of one key
 * @param sharesTopic whether several members of a group read one topic at the same time; false: one member reads it and the
 *     others stand by
 * @param forcesMoves whether {@link dev.carillon.bus.BusAdmin#move} with {@code force} moves a group whose members are alive;
 *     false: it is refused
 * @param largestMessage the broker refuses an event with more bytes of data than this for good; 0 when it accepts any size
 * @param takeOverOptions options ({@link dev.carillon.bus.consumer.ConsumerOptions#extra()}) with which a consumer takes over at once what
 *     another one left unacknowledged; empty when that needs none
 */
public record TransportTraits(
        boolean ordersWholeTopic,
        boolean sharesTopic,
        boolean forcesMoves,
        int largestMessage,
        Map<String, Object> takeOverOptions) {

    /** Copies the options. */
    public TransportTraits {
        takeOverOptions = Map.copyOf(takeOverOptions);
    }

    /**
     * A broker that keeps the order of a topic, shares it among the members of a group, refuses forced moves, accepts messages of
     * any size, and needs no options for taking over.
     */
    public static TransportTraits standard() {
        return new TransportTraits(true, true, false, 0, Map.of());
    }

    /** Topics have several partitions: only messages of one key have an order. */
    public TransportTraits withPartitions() {
        return new TransportTraits(false, sharesTopic, forcesMoves, largestMessage, takeOverOptions);
    }

    /** One member of a group reads a topic at a time. */
    public TransportTraits withSingleReader() {
        return new TransportTraits(ordersWholeTopic, false, forcesMoves, largestMessage, takeOverOptions);
    }

    /** A group whose members are alive can be moved by force. */
    public TransportTraits withForcedMoves() {
        return new TransportTraits(ordersWholeTopic, sharesTopic, true, largestMessage, takeOverOptions);
    }

    /** The broker refuses events with more bytes of data than this for good. */
    public TransportTraits withLargestMessage(int bytes) {
        return new TransportTraits(ordersWholeTopic, sharesTopic, forcesMoves, bytes, takeOverOptions);
    }

    /** A consumer with these options takes over at once. */
    public TransportTraits withTakeOverOptions(Map<String, Object> options) {
        return new TransportTraits(ordersWholeTopic, sharesTopic, forcesMoves, largestMessage, options);
    }
}
