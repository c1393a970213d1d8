package dev.carillon.bus.kafka;

import dev.carillon.bus.spi.HeaderNames;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

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
                            dev.carillon.bus.spi.Header.of("ce_specversion", "1.0"),
                            dev.carillon.bus.spi.Header.of("ce_datacontenttype", "application/avro"),
                            dev.carillon.bus.spi.Header.of("content-type", "application/avro")))
            .requiringId();

    private static final byte[] NOTHING = new byte[0];

    private Wire() {}

    static List<Header> toKafka(List<dev.carillon.bus.spi.Header> headers) {
        List<Header> written = new ArrayList<>(headers.size());
        for (dev.carillon.bus.spi.Header header : headers) {
            written.add(new RecordHeader(header.name(), header.value()));
        }
        return written;
    }

    static List<dev.carillon.bus.spi.Header> fromKafka(Header[] headers) {
        List<dev.carillon.bus.spi.Header> read = new ArrayList<>(headers.length);
        for (Header header : headers) {
            byte[] value = header.value();
            read.add(new dev.carillon.bus.spi.Header(header.key(), value == null ? NOTHING : value));
        }
        return read;
    }
}
