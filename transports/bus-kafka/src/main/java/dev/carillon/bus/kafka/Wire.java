package dev.carillon.bus.kafka;

import dev.carillon.bus.transport.HeaderNames;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** The headers of a record: CloudEvents in Kafka's binary mode, and two of Open edX's own. */
final class Wire {

    static final HeaderNames HEADERS = new HeaderNames(
                    "ce_type",
                    "ce_id",
                    "ce_source",
                    "ce_time",
                    "ce_minorversion",
                    "sourcehost",
                    "sourcelib",
                    List.of(
                            dev.carillon.bus.transport.Header.of("ce_specversion", "1.0"),
                            dev.carillon.bus.transport.Header.of("ce_datacontenttype", "application/avro"),
                            dev.carillon.bus.transport.Header.of("content-type", "application/avro")))
            .asStrict();

    private static final byte[] NOTHING = new byte[0];

    private Wire() {}

    static List<Header> toKafka(List<dev.carillon.bus.transport.Header> headers) {
        List<Header> written = new ArrayList<>(headers.size());
        for (dev.carillon.bus.transport.Header header : headers) {
            written.add(new RecordHeader(header.name(), header.value()));
        }
        return written;
    }

    /** The headers as the engine reads them; each is made out when it is looked at, by the lane that does. */
    static List<dev.carillon.bus.transport.Header> fromKafka(Headers headers) {
        return new Read(headers);
    }

    private static final class Read extends AbstractList<dev.carillon.bus.transport.Header> implements RandomAccess {
        private final Headers headers;
        private Header @Nullable [] all;

        Read(Headers headers) {
            this.headers = headers;
        }

        private Header[] all() {
            if (all == null) {
                all = headers.toArray();
            }
            return all;
        }

        @Override
        public int size() {
            return all().length;
        }

        @Override
        public dev.carillon.bus.transport.Header get(int index) {
            Header header = all()[index];
            byte[] value = header.value();
            return new dev.carillon.bus.transport.Header(header.key(), value == null ? NOTHING : value);
        }
    }
}
