package dev.carillon.bus.kafka;

import dev.carillon.bus.transport.TransportException;
import dev.carillon.bus.transport.UnpublishableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/** Puts into words what went wrong between Kafka and us: what was asked, of whom, why it failed, and the way out. */
final class KafkaFailure {

    private static final int LOOK_MILLIS = 500;

    private static final long LOOK_EVERY_NANOS = 1_000_000_000;

    private final String servers;
    private @Nullable String lastSeen;
    private long lastLook;

    /** For these servers, written {@code host:port,…}. */
    KafkaFailure(String servers) {
        this.servers = servers;
    }

    /**
     * What to tell. Where the client only says that time is up, this looks why, for half a second a server at most.
     *
     * @param asked what Kafka was to do, as in "read topics a, b for group g"
     */
    TransportException of(String asked, Throwable failure) {
        Throwable cause = root(failure);
        if (cause instanceof TransportException told) {
            return told;
        }
        return new TransportException("Kafka at " + servers + " did not " + asked + ": " + reason(cause), cause);
    }

    /** What to tell of a message that was to be sent: where it is at fault itself, an {@link UnpublishableException}. */
    TransportException ofMessage(String asked, Throwable failure) {
        TransportException told = of(asked, failure);
        Throwable cause = told.getCause();
        return isTooLarge(cause) || cause instanceof InvalidRecordException || cause instanceof InvalidTopicException
                ? new UnpublishableException(String.valueOf(told.getMessage()), cause)
                : told;
    }

    private static boolean isTooLarge(@Nullable Throwable cause) {
        return cause instanceof RecordTooLargeException || cause instanceof RecordBatchTooLargeException;
    }

    private String reason(Throwable cause) {
        if (cause instanceof SslAuthenticationException) {
            return "no TLS connection: " + cause.getMessage() + " (see the ssl.* properties in "
                    + KafkaSettings.CLIENT_CONFIG + ", and whether the server speaks TLS)";
        }
        if (cause instanceof AuthenticationException) {
            return cause.getMessage() + " (check " + KafkaSettings.API_KEY + " and " + KafkaSettings.API_SECRET + ")";
        }
        if (cause instanceof AuthorizationException) {
            return cause.getMessage()
                    + " (the user needs Write and Describe on the topics to publish; Read and Describe on the topics,"
                    + " and Read on the group, to consume)";
        }
        if (isTooLarge(cause)) {
            return cause.getMessage() + " (see max.message.bytes of the topic, and max.request.size in "
                    + KafkaSettings.CLIENT_CONFIG + ")";
        }
        if (cause instanceof UnsupportedVersionException) {
            return cause.getMessage() + " (Kafka 2.1 or newer is needed)";
        }
        if (cause instanceof UnknownMemberIdException) {
            return "the group has members that read; stop them first";
        }
        if (cause instanceof ConfigException) {
            return cause.getMessage() + " (check " + KafkaSettings.BOOTSTRAP_SERVERS + ")";
        }
        if (cause instanceof TimeoutException || cause instanceof DisconnectException) {
            String seen = look();
            return seen.isEmpty() ? cause.getMessage() + "; it answers connections, but is not ready" : seen;
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /** Why no server can be reached; empty when one can. Looks once a second at most, however many messages fail. */
    private synchronized String look() {
        long now = System.nanoTime();
        if (lastSeen == null || now - lastLook > LOOK_EVERY_NANOS) {
            lastSeen = lookNow();
            lastLook = now;
        }
        return lastSeen;
    }

    private String lookNow() {
        String reason = "";
        for (String server : servers.split(",", -1)) {
            int colon = server.lastIndexOf(':');
            String host = server.substring(0, colon);
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(
                                InetAddress.getByName(host), Integer.parseInt(server.substring(colon + 1))),
                        LOOK_MILLIS);
                return "";
            } catch (UnknownHostException e) {
                reason = "unknown host " + host + " (check " + KafkaSettings.BOOTSTRAP_SERVERS + ")";
            } catch (IOException e) {
                reason = "cannot connect: " + e.getMessage() + " (is it running, and is "
                        + KafkaSettings.BOOTSTRAP_SERVERS + " right?)";
            }
        }
        return reason;
    }

    private static Throwable root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null
                && (cause instanceof CompletionException
                        || cause instanceof ExecutionException
                        || cause.getClass() == KafkaException.class)) {
            cause = cause.getCause();
        }
        return cause;
    }
}
