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

/**
 * Translates the exceptions of Kafka's clients into transport exceptions, whose messages name the servers, the action, the reason
 * and what to check. Thread-safe.
 *
 * <p>After a timeout, it connects to the servers itself. Kafka's clients report every unreachable broker as "timed out", so
 * operators could not distinguish a wrong host name, a stopped broker and a broker that is still starting. One TCP connection
 * attempt shows which it is. The result is cached for a second, because all messages in a producer's buffer time out together.
 */
final class KafkaExceptionTranslator {

    private static final int PROBE_TIMEOUT_MILLIS = 500;

    private static final long PROBE_CACHE_NANOS = 1_000_000_000;

    private final String servers;
    private @Nullable String lastProbeResult;
    private long lastProbe;

    /** For these servers, as {@code host:port,…}. */
    KafkaExceptionTranslator(String servers) {
        this.servers = servers;
    }

    /**
     * Blocks after a timeout, for at most half a second per server.
     *
     * @param action what Kafka was to do, for the message: "read topics a, b for group g"
     * @return with Kafka's own exception as its cause; the same exception if it is a transport exception already
     */
    TransportException translate(String action, Throwable failure) {
        Throwable cause = root(failure);
        if (cause instanceof TransportException translated) {
            return translated;
        }
        return new TransportException("Kafka at " + servers + " did not " + action + ": " + reason(cause), cause);
    }

    /** As {@link #translate}; an {@link UnpublishableException} if sending the same message again cannot succeed. */
    TransportException translateSendFailure(String action, Throwable failure) {
        TransportException translated = translate(action, failure);
        Throwable cause = translated.getCause();
        return isTooLarge(cause) || cause instanceof InvalidRecordException || cause instanceof InvalidTopicException
                ? new UnpublishableException(String.valueOf(translated.getMessage()), cause)
                : translated;
    }

    private static boolean isTooLarge(@Nullable Throwable cause) {
        return cause instanceof RecordTooLargeException || cause instanceof RecordBatchTooLargeException;
    }

    private String reason(Throwable cause) {
        if (cause instanceof SslAuthenticationException) {
            return "no TLS connection: " + cause.getMessage() + " (check the ssl.* properties in "
                    + KafkaSettings.CLIENT_CONFIG + ", and that the server uses TLS)";
        }
        if (cause instanceof AuthenticationException) {
            return cause.getMessage() + " (check " + KafkaSettings.API_KEY + " and " + KafkaSettings.API_SECRET + ")";
        }
        if (cause instanceof AuthorizationException) {
            return cause.getMessage()
                    + " (publishing needs Write and Describe on the topics; consuming needs Read and Describe on the topics,"
                    + " and Read on the group)";
        }
        if (isTooLarge(cause)) {
            return cause.getMessage() + " (see max.message.bytes of the topic, and max.request.size in "
                    + KafkaSettings.CLIENT_CONFIG + ")";
        }
        if (cause instanceof UnsupportedVersionException) {
            return cause.getMessage() + " (Kafka 2.1 or newer is needed)";
        }
        if (cause instanceof UnknownMemberIdException) {
            return "the group has active members; stop them first";
        }
        if (cause instanceof ConfigException) {
            return cause.getMessage() + " (check " + KafkaSettings.BOOTSTRAP_SERVERS + ")";
        }
        if (cause instanceof TimeoutException || cause instanceof DisconnectException) {
            String probed = probe();
            return probed.isEmpty() ? cause.getMessage() + "; it accepts connections, but is not ready" : probed;
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /**
     * Why no server can be reached; empty if one can. Threads that need it at the same time wait for one probe; its result is as old
     * as its end, because looking up a name can take longer than the result is cached.
     */
    private synchronized String probe() {
        if (lastProbeResult == null || System.nanoTime() - lastProbe > PROBE_CACHE_NANOS) {
            lastProbeResult = connectToAny();
            lastProbe = System.nanoTime();
        }
        return lastProbeResult;
    }

    private String connectToAny() {
        String reason = "";
        for (String server : servers.split(",", -1)) {
            int colon = server.lastIndexOf(':');
            String host = server.substring(0, colon);
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(
                                InetAddress.getByName(host), Integer.parseInt(server.substring(colon + 1))),
                        PROBE_TIMEOUT_MILLIS);
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
