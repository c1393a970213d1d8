package dev.carillon.bus.redis;

import dev.carillon.bus.transport.TransportException;
import dev.carillon.events.internal.Shown;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Translates errors of Redis, Lettuce and the network into {@link TransportException}s whose messages give the server, the
 * operation that failed, the reason and, if known, what to do about it.
 */
final class RedisExceptionTranslator {

    private static final String PERMISSIONS =
            ". The user needs the commands xadd to publish; xreadgroup, xack, xpending, xclaim,"
                    + " xrange, xgroup and xinfo to consume; all with the topics as keys, and also xadd and xdel on the group's own"
                    + " topics (<topic>-<group>-retry and -dlq); eval, get, set, hget, hset and hgetall for the lease of a group,"
                    + " on the keys <topic>:<group>:lease and <topic>:<group>:state; hset to publish and hget to consume events"
                    + " of your own, on the key <topic>:schemas; scan, xlen and info for an operator";

    /** Errors of a server that will accept the command later. */
    private static final List<String> TRANSIENT =
            List.of("LOADING", "BUSY", "MASTERDOWN", "TRYAGAIN", "ERR max number of clients");

    private final RedisUrl url;

    RedisExceptionTranslator(RedisUrl url) {
        this.url = url;
    }

    /** The group or its topic does not exist (any more); it can be created again. */
    static final class NoSuchGroupException extends TransportException {

        NoSuchGroupException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Translates a failure.
     *
     * @param operation what failed, such as "read topics a, b for group g"
     * @param failure null if the connection was lost without an exception
     */
    TransportException translate(String operation, @Nullable Throwable failure) {
        Throwable cause = failure == null ? null : root(failure);
        String message = "Redis at " + url.address() + ": cannot " + operation + ": ";
        if (cause instanceof RedisCommandExecutionException) {
            String error = String.valueOf(cause.getMessage());
            String text = message + withoutArguments(error) + hint(error);
            return isNoSuchGroup(error) ? new NoSuchGroupException(text, cause) : new TransportException(text, cause);
        }
        return new TransportException(message + reason(cause), cause);
    }

    /** Redis repeats the arguments of an unknown command in its error, and they may contain event data. */
    private static String withoutArguments(String error) {
        int arguments = error.indexOf(", with args beginning with");
        return Shown.message(arguments < 0 ? error : error.substring(0, arguments));
    }

    /** Translates an error reply. */
    TransportException translateError(String operation, String error) {
        return translate(operation, new RedisCommandExecutionException(error));
    }

    /**
     * The exception for an expired command timeout.
     *
     * @param written whether the command was sent, so that Redis may have executed it
     * @param connectFailure why there is no connection; null if there is one, or if it is still being opened
     */
    TransportException timeout(String operation, boolean written, @Nullable Throwable connectFailure) {
        String text = "Redis at " + url.address() + ": cannot " + operation + " within "
                + url.timeouts().command().toMillis() + " ms: "
                + (connectFailure == null ? "no reply; " + hangs() : reason(root(connectFailure)))
                + (written ? ". Redis may have executed it nevertheless" : "");
        return new TransportException(text, connectFailure);
    }

    /** Whether retrying is useless until somebody changes something: Redis replied, and refused. */
    static boolean isPermanent(Throwable failure) {
        Throwable cause = root(failure);
        return cause instanceof SSLException
                || (cause instanceof RedisCommandExecutionException
                        && TRANSIENT.stream().noneMatch(String.valueOf(cause.getMessage())::startsWith));
    }

    /** The error reply of Redis behind an exception; empty if Redis did not reply. */
    static String serverError(TransportException failure) {
        Throwable cause = failure.getCause();
        return cause instanceof RedisCommandExecutionException ? String.valueOf(cause.getMessage()) : "";
    }

    /** Whether this server has become a replica, so that a new connection may lead to the new primary. */
    static boolean isReplicaError(@Nullable String error) {
        return error != null && (error.startsWith("READONLY") || error.startsWith("MASTERDOWN"));
    }

    /** Whether the user lacks a permission, for the command itself or inside one of our scripts. */
    static boolean isPermissionError(String error) {
        return error.startsWith("NOPERM")
                || error.contains("The user executing the script can't")
                || error.contains("ACL failure in script");
    }

    private static boolean isNoSuchGroup(String error) {
        return error.startsWith("NOGROUP") || error.startsWith("UNBLOCKED") || error.startsWith("ERR no such key");
    }

    private static String hint(String error) {
        if (error.startsWith("WRONGPASS") || error.startsWith("NOAUTH") || error.startsWith("ERR AUTH")) {
            return " (check the user and password in " + RedisTransportProvider.URL + ")";
        }
        if (isPermissionError(error)) {
            return PERMISSIONS;
        }
        if (error.startsWith("WRONGTYPE")) {
            return " (a key with the name of the topic exists and is not a stream: use another topic or delete the key)";
        }
        if (error.startsWith("MOVED") || error.startsWith("ASK") || error.startsWith("CLUSTERDOWN")) {
            return " (Redis Cluster is not supported: set " + RedisTransportProvider.URL
                    + " to a server that has all keys)";
        }
        if (error.startsWith("READONLY")) {
            return " (this is a replica: set " + RedisTransportProvider.URL + " to the primary)";
        }
        String lower = error.toLowerCase(java.util.Locale.ROOT);
        if (lower.startsWith("err unknown command") || lower.startsWith("err syntax error")) {
            return " (Redis 6.2 or newer is required)";
        }
        return "";
    }

    private String reason(@Nullable Throwable cause) {
        if (cause instanceof ConnectException) {
            return "cannot connect: " + cause.getMessage() + " (check that Redis is running, and "
                    + RedisTransportProvider.URL + ")";
        }
        if (cause instanceof UnknownHostException) {
            return "unknown host " + url.host() + " (check " + RedisTransportProvider.URL + ")";
        }
        if (cause instanceof SSLException) {
            return "TLS connection failed: " + cause.getMessage()
                    + " (check ssl_ca_certs, ssl_cert_reqs and ssl_check_hostname in " + RedisTransportProvider.URL
                    + ", and whether the server supports TLS)";
        }
        if (cause instanceof TimeoutException || cause instanceof RedisCommandTimeoutException) {
            return "no reply in time; " + hangs();
        }
        if (cause == null || cause.getClass() == RedisException.class || cause instanceof ClosedChannelException) {
            return "the connection was lost";
        }
        return cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
    }

    /** A server without TLS waits for the rest of what it takes for a command, and says nothing. */
    private String hangs() {
        return "Redis or the network hangs"
                + (url.tls() == null
                        ? ""
                        : ", or this is a port without TLS (" + RedisTransportProvider.URL
                                + " begins with rediss://, which needs TLS; redis:// does not)");
    }

    private static Throwable root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null
                && (cause instanceof CompletionException
                        || cause instanceof ExecutionException
                        || cause instanceof RedisConnectionException
                        || cause.getCause() instanceof SSLException
                        || cause.getCause() instanceof RedisCommandExecutionException)) {
            cause = cause.getCause();
        }
        return cause;
    }
}
