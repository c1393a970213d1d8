package dev.carillon.bus.redis;

import dev.carillon.bus.transport.TransportException;
import dev.carillon.events.internal.Shown;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Puts into words what went wrong between Redis and us: what was asked, of whom, why it failed, and the way out. */
final class RedisFailure {

    private static final String NEEDS =
            " The user needs the commands xadd to publish; xreadgroup, xack, xpending, xclaim,"
                    + " xrange, xgroup and xinfo to consume; all on the topics as keys, and xadd and xdel on those of the group's own"
                    + " (<topic>-<group>-retry and -dlq) besides; eval, get, set, hget, hset and hgetall for the lease of a group,"
                    + " on the keys <topic>:<group>:lease and <topic>:<group>:state; scan, xlen and info for an operator";

    /** Answers of a server that will do it later. */
    private static final List<String> PASSING =
            List.of("LOADING", "BUSY", "MASTERDOWN", "TRYAGAIN", "ERR max number of clients");

    private final RedisUrl url;

    RedisFailure(RedisUrl url) {
        this.url = url;
    }

    /**
     * What to tell.
     *
     * @param asked what Redis was to do, as in "read topics a, b for group g"
     */
    TransportException of(String asked, @Nullable Throwable failure) {
        Throwable cause = failure == null ? null : root(failure);
        String message = "Redis at " + url.address() + " did not " + asked + ": ";
        if (cause instanceof RedisCommandExecutionException) {
            String answer = String.valueOf(cause.getMessage());
            String text = message + shown(answer) + wayOut(answer);
            return isGroupGone(answer) ? new GroupGoneException(text, cause) : new TransportException(text, cause);
        }
        return new TransportException(message + reason(cause), cause);
    }

    /** An unknown command is answered with its arguments, which may be event data. */
    private static String shown(String answer) {
        int arguments = answer.indexOf(", with args beginning with");
        return Shown.message(arguments < 0 ? answer : answer.substring(0, arguments));
    }

    /** What to tell of an error that Redis answered. */
    TransportException answer(String asked, String error) {
        return of(asked, new RedisCommandExecutionException(error));
    }

    /**
     * What to tell when the time is up.
     *
     * @param written whether Redis may have heard of it
     * @param connectFailure why there is no connection; null: there is one, or it is still being made
     */
    TransportException late(String asked, boolean written, @Nullable Throwable connectFailure) {
        String text = "Redis at " + url.address() + " did not " + asked + " within "
                + url.timeouts().command().toMillis() + " ms: "
                + (connectFailure == null ? "no answer; it hangs, or the network does" : reason(root(connectFailure)))
                + (written ? ". It may have been done nevertheless" : "");
        return new TransportException(text, connectFailure);
    }

    /** Whether trying again is of no use until somebody changes something: Redis answered, and said no. */
    static boolean isRefusal(Throwable failure) {
        Throwable cause = root(failure);
        return cause instanceof SSLException
                || (cause instanceof RedisCommandExecutionException
                        && PASSING.stream().noneMatch(String.valueOf(cause.getMessage())::startsWith));
    }

    /** What Redis itself answered; empty when it did not. */
    static String answered(TransportException failure) {
        Throwable cause = failure.getCause();
        return cause instanceof RedisCommandExecutionException ? String.valueOf(cause.getMessage()) : "";
    }

    /** Whether this server is the wrong one by now, and a new connection may lead to another. */
    static boolean isReplica(@Nullable String answer) {
        return answer != null && (answer.startsWith("READONLY") || answer.startsWith("MASTERDOWN"));
    }

    /** Whether the user may not do that, or a script of ours may not for the user. */
    static boolean isNotPermitted(String answer) {
        return answer.startsWith("NOPERM")
                || answer.contains("The user executing the script can't")
                || answer.contains("ACL failure in script");
    }

    private static boolean isGroupGone(String answer) {
        return answer.startsWith("NOGROUP") || answer.startsWith("UNBLOCKED") || answer.startsWith("ERR no such key");
    }

    private String wayOut(String answer) {
        if (answer.startsWith("WRONGPASS") || answer.startsWith("NOAUTH") || answer.startsWith("ERR AUTH")) {
            return " (check the user and password in " + RedisTransportProvider.URL + ")";
        }
        if (isNotPermitted(answer)) {
            return "." + NEEDS;
        }
        if (answer.startsWith("WRONGTYPE")) {
            return " (a key with the name of the topic exists, and is no stream: choose another topic or delete it)";
        }
        if (answer.startsWith("MOVED") || answer.startsWith("ASK") || answer.startsWith("CLUSTERDOWN")) {
            return " (a Redis cluster is not supported: name a server that has all keys in "
                    + RedisTransportProvider.URL + ")";
        }
        if (answer.startsWith("READONLY")) {
            return " (this is a replica: name the primary in " + RedisTransportProvider.URL + ")";
        }
        String lower = answer.toLowerCase(java.util.Locale.ROOT);
        if (lower.startsWith("err unknown command") || lower.startsWith("err syntax error")) {
            return " (Redis 6.2 or newer is needed)";
        }
        return "";
    }

    private String reason(@Nullable Throwable cause) {
        if (cause instanceof ConnectException) {
            return "cannot connect: " + cause.getMessage() + " (is it running, and is " + RedisTransportProvider.URL
                    + " right?)";
        }
        if (cause instanceof UnknownHostException) {
            return "unknown host " + url.host() + " (check " + RedisTransportProvider.URL + ")";
        }
        if (cause instanceof SSLException) {
            return "no TLS connection: " + cause.getMessage()
                    + " (see ssl_ca_certs, ssl_cert_reqs and ssl_check_hostname in " + RedisTransportProvider.URL
                    + ", and whether the server speaks TLS)";
        }
        if (cause instanceof TimeoutException || cause instanceof RedisCommandTimeoutException) {
            return "no answer in time; it hangs, or the network does";
        }
        if (cause == null || cause.getClass() == RedisException.class) {
            return "the connection was lost";
        }
        return String.valueOf(cause.getMessage());
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
