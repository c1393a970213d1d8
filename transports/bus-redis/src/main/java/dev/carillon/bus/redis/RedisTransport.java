package dev.carillon.bus.redis;

import dev.carillon.bus.transport.HeaderNames;
import dev.carillon.bus.transport.MessageSink;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.MessageSource.SourceListener;
import dev.carillon.bus.transport.MessageStore;
import dev.carillon.bus.transport.SourceSpec;
import dev.carillon.bus.transport.Transport;
import dev.carillon.bus.transport.TransportAdmin;

/** One Redis: a stream is a topic, an entry a message, a consumer group a group. */
final class RedisTransport implements Transport {

    /** More messages under way than this mean that somebody sends without ever waiting for an answer. */
    private static final int MAX_UNANSWERED = 100_000;

    private final RedisConnector connector;
    private final Wire wire;
    private final long maxLen;
    private final GroupMonitor.Pace pace;

    RedisTransport(RedisUrl url, long maxLen, GroupMonitor.Pace pace) {
        this.pace = pace;
        this.maxLen = maxLen;
        this.connector = new RedisConnector(url);
        this.wire = new Wire(maxLen);
    }

    @Override
    public HeaderNames headerNames() {
        return Wire.HEADERS;
    }

    @Override
    public boolean carriesKeys() {
        return false;
    }

    @Override
    public MessageSink sink() {
        return new RedisSink(connector, wire, MAX_UNANSWERED);
    }

    @Override
    public MessageSource source(SourceSpec spec, SourceListener listener) {
        return new RedisSource(connector, spec, listener, pace);
    }

    @Override
    public MessageStore store() {
        return new RedisStore(connector);
    }

    @Override
    public TransportAdmin admin() {
        return new RedisAdmin(connector, maxLen);
    }

    @Override
    public void close() {
        connector.close();
    }
}
