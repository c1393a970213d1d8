package dev.carillon.bus.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Opens connections to one Redis server. Lettuce's automatic reconnect is off, because only the users of a connection know
 * which commands to send again; so are its timers per command, because users have timeouts of their own. Consecutive writes are
 * flushed together. Thread-safe.
 */
final class RedisConnector implements AutoCloseable {

    private static final int WRITES_PER_FLUSH = 256;

    /** Detects an idle connection that the network has dropped within two minutes. */
    private static final SocketOptions.KeepAliveOptions KEEP_ALIVE = SocketOptions.KeepAliveOptions.builder()
            .enable()
            .idle(Duration.ofSeconds(60))
            .interval(Duration.ofSeconds(15))
            .count(4)
            .build();

    private final RedisUrl url;
    private final ClientResources resources;
    private final RedisClient client;
    private final RedisURI uri;
    private final Map<StatefulRedisConnection<?, ?>, CompletableFuture<Void>> closings = new ConcurrentHashMap<>();

    RedisConnector(RedisUrl url) {
        this.url = url;
        this.resources = DefaultClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                .nettyCustomizer(new NettyCustomizer() {
                    @Override
                    public void afterChannelInitialized(Channel channel) {
                        channel.pipeline().addLast(new FlushConsolidationHandler(WRITES_PER_FLUSH, true));
                    }
                })
                .build();
        this.uri = uri(url);
        this.client = RedisClient.create(resources, uri);
        client.setOptions(options(url));
    }

    private static ClientOptions options(RedisUrl url) {
        ClientOptions.Builder options = ClientOptions.builder()
                .autoReconnect(false)
                .protocolVersion(ProtocolVersion.RESP2)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .useHashIndexQueue(false)
                .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(url.timeouts().connect())
                        .keepAlive(KEEP_ALIVE)
                        .build());
        RedisUrl.Tls tls = url.tls();
        if (tls != null) {
            options.sslOptions(tls.toSslOptions());
        }
        return options.build();
    }

    private static RedisURI uri(RedisUrl url) {
        RedisURI.Builder builder = RedisURI.builder()
                .withHost(url.host())
                .withPort(url.port())
                .withDatabase(url.database())
                .withClientName(url.clientName())
                .withTimeout(url.timeouts().connect());
        if (!url.user().isEmpty()) {
            builder.withAuthentication(url.user(), url.password().toCharArray());
        } else if (!url.password().isEmpty()) {
            builder.withPassword(url.password().toCharArray());
        }
        RedisUrl.Tls tls = url.tls();
        if (tls != null) {
            builder.withSsl(true).withVerifyPeer(tls.verify());
        }
        return builder.build();
    }

    /** The address and the timeouts of the connections. */
    RedisUrl url() {
        return url;
    }

    /** Opens a connection, without blocking. Fails after the connect timeout, or if this connector is closed. */
    CompletionStage<StatefulRedisConnection<byte[], byte[]>> open() {
        try {
            return client.connectAsync(ByteArrayCodec.INSTANCE, uri);
        } catch (IllegalStateException closed) {
            return CompletableFuture.failedFuture(closed);
        }
    }

    /** Closes a connection, without blocking. */
    @SuppressWarnings("FutureReturnValueIgnored") // nothing depends on the outcome
    void release(StatefulRedisConnection<byte[], byte[]> connection) {
        CompletableFuture<Void> closing = connection.closeAsync();
        closings.put(connection, closing);
        closing.whenComplete((done, failure) -> closings.remove(connection));
    }

    /** A single-threaded scheduler: its tasks run one after the other. */
    EventExecutor timer() {
        return resources.eventExecutorGroup().next();
    }

    /** Closes all connections. No new ones can be opened. */
    @Override
    public void close() {
        try {
            CompletableFuture.allOf(closings.values().toArray(CompletableFuture[]::new))
                    .get(1, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // The client closes the remaining connections below.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }
}
