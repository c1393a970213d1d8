package dev.carillon.bus.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.bus.transport.Header;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.SchemaFingerprint;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decodes stream entries into messages while a reply arrives, without an intermediate copy. For one reply. */
final class EntryOutput extends CommandOutput<byte[], byte[], List<IncomingMessage>> {

    private static final InternedNames FIELDS = new InternedNames(List.of(
            "type",
            "id",
            "source",
            "time",
            "minorversion",
            "sourcehost",
            "sourcelib",
            WireFormat.DATA,
            SchemaFingerprint.HEADER));

    /** The nesting depth of entries in a reply that groups them by stream. */
    private static final int DEPTH_BELOW_STREAM = 3;

    /** The nesting depth of entries in a reply for a single stream. */
    private static final int DEPTH_ALONE = 1;

    private final InternedNames topics;
    private final int entryDepth;
    private final ReadBudget budget;
    private boolean skipping;
    private @Nullable String topic;
    private @Nullable StreamId id;
    private @Nullable String field;
    private List<Header> headers = new ArrayList<>(8);
    private byte @Nullable [] data;
    private boolean dropsData;
    private int largest;

    private EntryOutput(InternedNames topics, @Nullable String topic, int entryDepth, ReadBudget budget) {
        super(ByteArrayCodec.INSTANCE, new ArrayList<>());
        this.topics = topics;
        this.topic = topic;
        this.entryDepth = entryDepth;
        this.budget = budget;
    }

    /** For the reply to {@code XREADGROUP}. */
    static EntryOutput ofStreams(InternedNames topics, ReadBudget budget) {
        return new EntryOutput(topics, null, DEPTH_BELOW_STREAM, budget);
    }

    /** For the reply to {@code XCLAIM} or {@code XRANGE} on this topic. */
    static EntryOutput of(String topic) {
        return of(topic, ReadBudget.unlimited());
    }

    /** As {@link #of(String)}, within a budget. */
    static EntryOutput of(String topic, ReadBudget budget) {
        return new EntryOutput(FIELDS, topic, DEPTH_ALONE, budget);
    }

    /** For the reply to {@code XRANGE} on this topic; discards the event data as they arrive. */
    static EntryOutput withoutData(String topic) {
        EntryOutput output = of(topic);
        output.dropsData = true;
        return output;
    }

    /** Whether the messages have their event data. */
    boolean keepsData() {
        return !dropsData;
    }

    /** The size of the largest event data, in bytes. */
    int largest() {
        return largest;
    }

    @Override
    public void set(@Nullable ByteBuffer bytes) {
        if (bytes == null) {
            return;
        }
        if (topic == null) {
            topic = topics.read(bytes);
        } else if (id == null) {
            id = StreamId.read(bytes);
            skipping = budget.isSpent();
        } else if (skipping) {
            return;
        } else if (field == null) {
            field = FIELDS.read(bytes);
        } else {
            boolean isData = field.equals(WireFormat.DATA);
            largest = Math.max(largest, isData ? bytes.remaining() : 0);
            byte[] value = new byte[isData && dropsData ? 0 : bytes.remaining()];
            bytes.get(value);
            budget.use(value.length);
            if (isData) {
                data = value;
            } else {
                headers.add(new Header(field, value));
            }
            field = null;
        }
    }

    @Override
    public void complete(int depth) {
        if (depth == entryDepth && id != null && topic != null && skipping) {
            budget.skip(topic, id);
            id = null;
        } else if (depth == entryDepth && id != null && topic != null) {
            get().add(
                            data == null
                                    ? IncomingMessage.undecodable(
                                            topic, id, headers, "the entry has no field '" + WireFormat.DATA + "'")
                                    : IncomingMessage.of(topic, id, headers, data));
            headers = new ArrayList<>(8);
            data = null;
            id = null;
            field = null;
        } else if (depth == 1 && entryDepth == DEPTH_BELOW_STREAM) {
            topic = null;
        }
    }

    /** Known names, each decoded to the same {@code String} however often it is read. */
    static final class InternedNames {

        private final String[] names;
        private final byte[][] encoded;

        InternedNames(List<String> names) {
            this.names = names.toArray(String[]::new);
            this.encoded = names.stream().map(name -> name.getBytes(UTF_8)).toArray(byte[][]::new);
        }

        /** Decodes a name, known or not. */
        String read(ByteBuffer bytes) {
            for (int i = 0; i < names.length; i++) {
                if (matches(bytes, encoded[i])) {
                    return names[i];
                }
            }
            return UTF_8.decode(bytes).toString();
        }

        private static boolean matches(ByteBuffer bytes, byte[] name) {
            if (bytes.remaining() != name.length) {
                return false;
            }
            for (int i = 0; i < name.length; i++) {
                if (bytes.get(bytes.position() + i) != name[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Limits the bytes of a reply that are kept in memory. The size of an entry is known only when it arrives: the entry that
     * exceeds the budget is still kept, later ones are skipped while they are read from the connection. For one reply.
     */
    static final class ReadBudget {

        private final long bytes;
        private final Map<String, StreamId> firstSkipped = new HashMap<>();
        private final Map<String, StreamId> lastSkipped = new HashMap<>();
        private int skipped;
        private long used;

        /** With 0 bytes, all entries are skipped: only their ids are read. */
        ReadBudget(long bytes) {
            this.bytes = bytes;
        }

        static ReadBudget unlimited() {
            return new ReadBudget(Long.MAX_VALUE);
        }

        private boolean isSpent() {
            return used >= bytes;
        }

        private void use(int number) {
            used += number;
        }

        private void skip(String topic, StreamId id) {
            firstSkipped.putIfAbsent(topic, id);
            lastSkipped.put(topic, id);
            skipped++;
        }

        /** The number of skipped entries. */
        int skipped() {
            return skipped;
        }

        /** The id of the last skipped entry of this topic; null if none was skipped. */
        @Nullable
        StreamId lastSkipped(String topic) {
            return lastSkipped.get(topic);
        }

        /** The id of the first skipped entry of this topic; null if none was skipped. */
        @Nullable
        StreamId firstSkipped(String topic) {
            return firstSkipped.get(topic);
        }
    }
}
