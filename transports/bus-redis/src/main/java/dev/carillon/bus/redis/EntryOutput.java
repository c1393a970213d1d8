package dev.carillon.bus.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.bus.transport.Header;
import dev.carillon.bus.transport.IncomingMessage;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads stream entries as messages while they arrive, without a copy in between. */
final class EntryOutput extends CommandOutput<byte[], byte[], List<IncomingMessage>> {

    /** How deep the entries are in an answer that names their streams, and in one that does not. */
    private static final int DEPTH_BELOW_STREAM = 3;

    private static final int DEPTH_ALONE = 1;

    private final Names topics;
    private final int entryDepth;
    private final ReadBudget budget;
    private boolean skipping;
    private @Nullable String topic;
    private @Nullable String id;
    private @Nullable String field;
    private List<Header> headers = new ArrayList<>(8);
    private byte @Nullable [] data;
    private boolean dropsData;
    private int largest;

    private EntryOutput(Names topics, @Nullable String topic, int entryDepth, ReadBudget budget) {
        super(ByteArrayCodec.INSTANCE, new ArrayList<>());
        this.topics = topics;
        this.topic = topic;
        this.entryDepth = entryDepth;
        this.budget = budget;
    }

    /** The answer to {@code XREADGROUP}. */
    static EntryOutput ofStreams(Names topics, ReadBudget budget) {
        return new EntryOutput(topics, null, DEPTH_BELOW_STREAM, budget);
    }

    /** The answer to {@code XCLAIM} or {@code XRANGE} for this topic. */
    static EntryOutput of(String topic) {
        return of(topic, ReadBudget.unlimited());
    }

    /** The same, within a budget. */
    static EntryOutput of(String topic, ReadBudget budget) {
        return new EntryOutput(Names.FIELDS, topic, DEPTH_ALONE, budget);
    }

    /** The answer to {@code XRANGE} for this topic; the event data go as they come. */
    static EntryOutput withoutData(String topic) {
        EntryOutput output = of(topic);
        output.dropsData = true;
        return output;
    }

    /** How large the largest event data were. */
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
            id = UTF_8.decode(bytes).toString();
            skipping = budget.isSpent();
        } else if (skipping) {
            return;
        } else if (field == null) {
            field = Names.FIELDS.read(bytes);
        } else {
            boolean isData = field.equals(Wire.DATA);
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
                                            topic, id, headers, "the entry has no field '" + Wire.DATA + "'")
                                    : IncomingMessage.of(topic, id, headers, data));
            headers = new ArrayList<>(8);
            data = null;
            id = null;
            field = null;
        } else if (depth == 1 && entryDepth == DEPTH_BELOW_STREAM) {
            topic = null;
        }
    }
}
