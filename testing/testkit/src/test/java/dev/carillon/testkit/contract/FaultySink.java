package dev.carillon.testkit.contract;

import dev.carillon.bus.transport.Header;
import dev.carillon.bus.transport.MessageSink;
import dev.carillon.bus.transport.OutgoingMessage;
import dev.carillon.bus.transport.TransportException;
import dev.carillon.bus.transport.UnpublishableException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The sink of {@link FaultyTransports}. */
final class FaultySink implements MessageSink {
    private final FaultyTransports transports;
    private final MessageSink memory;
    private @Nullable OutgoingMessage buffered;
    private CompletableFuture<String> bufferedSend = new CompletableFuture<>();
    private int toFail;

    FaultySink(FaultyTransports transports, MessageSink memory) {
        this.transports = transports;
        this.memory = memory;
    }

    @Override
    public synchronized CompletableFuture<String> send(OutgoingMessage message) {
        if (transports.isDown()) {
            return CompletableFuture.failedFuture(new TransportException("the broker is down", null));
        }
        if (message.data().length > FaultyTransports.LARGEST_MESSAGE) {
            toFail = transports.has(Defect.FAILS_MESSAGES_AFTER_AN_UNPUBLISHABLE_ONE) ? 3 : 0;
            return CompletableFuture.failedFuture(new UnpublishableException("the message is too large", null));
        }
        if (toFail > 0) {
            toFail--;
            return CompletableFuture.failedFuture(new TransportException("the batch failed", null));
        }
        return transports.has(Defect.DROPS_SENDS_ON_CLOSE) ? buffer(message) : memory.send(asWritten(message));
    }

    /** Sends a message when the next one comes. */
    private CompletableFuture<String> buffer(OutgoingMessage message) {
        if (buffered != null) {
            bufferedSend.complete(memory.send(buffered).join());
        }
        buffered = message;
        bufferedSend = new CompletableFuture<>();
        return bufferedSend;
    }

    private OutgoingMessage asWritten(OutgoingMessage message) {
        List<Header> headers = transports.has(Defect.WRITES_A_WRONG_HEADER_NAME)
                ? message.headers().stream()
                        .map(each -> each.name().equals("sourcehost") ? new Header("host", each.value()) : each)
                        .toList()
                : message.headers();
        return new OutgoingMessage(
                message.topic(),
                message.eventType(),
                headers,
                transports.has(Defect.FORGETS_KEYS) ? null : message.key(),
                message.data(),
                message.schemaText(),
                transports.has(Defect.FORGETS_SCHEMAS) ? null : message.schemaFingerprint());
    }

    @Override
    public void close() {
        memory.close();
    }
}
