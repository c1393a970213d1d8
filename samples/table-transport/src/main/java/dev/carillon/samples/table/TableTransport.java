package dev.carillon.samples.table;

import dev.carillon.bus.transport.HeaderNames;
import dev.carillon.bus.transport.MessageSink;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.MessageSource.SourceListener;
import dev.carillon.bus.transport.NumberedPosition;
import dev.carillon.bus.transport.Position;
import dev.carillon.bus.transport.SourceSpec;
import dev.carillon.bus.transport.Transport;
import java.util.List;

/** Topics have one partition. One member of a group reads a topic at a time. Operators delete old messages. */
record TableTransport(Database database) implements Transport {

    @Override
    public HeaderNames headerNames() {
        return new HeaderNames("type", "id", "source", "time", "minorversion", "sourcehost", "sourcelib", List.of());
    }

    @Override
    public boolean carriesKeys() {
        return true;
    }

    @Override
    public Position position(String text) {
        return NumberedPosition.parse(text);
    }

    @Override
    public MessageSink sink() {
        return new TableSink(database);
    }

    @Override
    public MessageSource source(SourceSpec spec, SourceListener listener) {
        if (!spec.extra().isEmpty()) {
            throw new IllegalArgumentException(
                    "The table transport has no option " + spec.extra().keySet());
        }
        return new TableSource(database, spec, listener);
    }

    @Override
    public void close() {
        database.pool.close();
    }
}
