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

/** The headers of a record: CloudEvents in Kafka's binary mode, and two of Open edX. */
final class KafkaHeaders {

    static final HeaderNames NAMES = new HeaderNames(
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

    private static final byte[] EMPTY = new byte[0];

    private KafkaHeaders() {}

    static List<Header> toKafka(List<dev.carillon.bus.transport.Header> headers) {
        List<Header> converted = new ArrayList<>(headers.size());
        for (dev.carillon.bus.transport.Header header : headers) {
            converted.add(new RecordHeader(header.name(), header.value()));
        }
        return converted;
    }

    /** A view: each header is decoded when it is read, by the worker that handles the event. */
    static List<dev.carillon.bus.transport.Header> fromKafka(Headers headers) {
        return new HeaderView(headers);
    }

    private static final class HeaderView extends AbstractList<dev.carillon.bus.transport.Header>
            implements RandomAccess {
        private final Headers headers;
        private Header @Nullable [] all;

        HeaderView(Headers headers) {
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
            return new dev.carillon.bus.transport.Header(header.key(), value == null ? EMPTY : value);
        }
    }
}
