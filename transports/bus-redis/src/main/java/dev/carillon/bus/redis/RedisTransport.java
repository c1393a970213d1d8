package dev.carillon.bus.redis;

import dev.carillon.bus.transport.HeaderNames;
import dev.carillon.bus.transport.MessageSink;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.MessageSource.SourceListener;
import dev.carillon.bus.transport.MessageStore;
import dev.carillon.bus.transport.Position;
import dev.carillon.bus.transport.SourceSpec;
import dev.carillon.bus.transport.Transport;
import dev.carillon.bus.transport.TransportAdmin;
import java.util.Optional;

/** The transport for one Redis server: a topic is a stream, a message is an entry, and a group is a consumer group. */
final class RedisTransport implements Transport {

    /** A caller that exceeds this number is sending without ever waiting for confirmations. */
    private static final int MAX_UNCONFIRMED = 100_000;

    private final RedisUrl url;
    private final RedisConnector connector;
    private final WireFormat wire;
    private final long maxLen;
    private final GroupMonitor.Intervals intervals;

    RedisTransport(RedisUrl url, long maxLen, GroupMonitor.Intervals intervals) {
        this.url = url;
        this.intervals = intervals;
        this.maxLen = maxLen;
        this.connector = new RedisConnector(url);
        this.wire = new WireFormat(maxLen);
    }

    @Override
    public HeaderNames headerNames() {
        return WireFormat.HEADERS;
    }

    @Override
    public boolean carriesKeys() {
        return false;
    }

    @Override
    public Position position(String text) {
        return StreamId.parse(text);
    }

    @Override
    public Optional<String> address() {
        return Optional.of(url.toString());
    }

    @Override
    public MessageSink sink() {
        return new RedisSink(connector, wire, MAX_UNCONFIRMED);
    }

    @Override
    public MessageSource source(SourceSpec spec, SourceListener listener) {
        return new RedisSource(connector, spec, listener, intervals);
    }

    @Override
    public Optional<MessageStore> store() {
        return Optional.of(new RedisStore(connector));
    }

    @Override
    public Optional<TransportAdmin> admin() {
        return Optional.of(new RedisAdmin(connector, maxLen));
    }

    @Override
    public void close() {
        connector.close();
    }
}
