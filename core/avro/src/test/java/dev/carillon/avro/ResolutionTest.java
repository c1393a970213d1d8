package dev.carillon.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.events.DefaultValue;
import dev.carillon.events.Signal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Bytes that Apache Avro wrote under another schema are read as our data. */
class ResolutionTest {

    record Item(
            long id,
            @Nullable String note,
            @DefaultValue("true") boolean active,
            @DefaultValue("") String label,
            @DefaultValue("[]") List<String> tags,
            @DefaultValue("{}") Map<String, Long> counts) {

        Item(long id) {
            this(id, null, true, "", List.of(), Map.of());
        }
    }

    record Box(Item item, List<Item> items, Map<String, Item> byName) {}

    private static final EventCodec<Item> ITEM = codec(Item.class);

    private static <T> EventCodec<T> codec(Class<T> type) {
        return EventCodec.of(Signal.of("org.example.data.v1", "data", type));
    }

    /** An event whose data have this type in the writer's schema. */
    private static EventSchema schema(String dataType) {
        return EventSchema.parse(
                "{'type': 'record', 'name': 'Written', 'fields': [{'name': 'data', 'type': ".replace('\'', '"')
                        + dataType.replace('\'', '"')
                        + "}]}");
    }

    private static EventSchema recordOf(String... fields) {
        return schema("{'type': 'record', 'name': 'Thing', 'fields': [" + String.join(", ", fields) + "]}");
    }

    private static byte[] write(EventSchema schema, Consumer<GenericRecord> filler) {
        GenericRecord data =
                new GenericData.Record(schema.avro().getField("data").schema());
        filler.accept(data);
        return writeData(schema, data);
    }

    private static byte[] writeData(EventSchema schema, Object data) {
        GenericRecord event = new GenericData.Record(schema.avro());
        event.put("data", data);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<GenericRecord>(schema.avro()).write(event, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Test
    void whatTheWriterDidNotHaveHoldsItsDefault() {
        EventSchema writer = recordOf("{'name': 'id', 'type': 'long'}");

        assertThat(ITEM.decode(write(writer, item -> item.put("id", 7L)), writer))
                .isEqualTo(new Item(7));
    }

    @Test
    void whatMustBeThereButIsNotIsAnError() {
        EventSchema writer = recordOf("{'name': 'label', 'type': 'string'}");
        byte[] bytes = write(writer, item -> item.put("label", "x"));

        assertThatThrownBy(() -> ITEM.decode(bytes, writer))
                .isInstanceOf(EventDecodeException.class)
                .hasMessage("Event org.example.data.v1 cannot be read: data.id (byte 2): must be a whole number,"
                        + " but the writer's schema does not have it");
    }

    @Test
    void namesDecideAndNotTheOrder() {
        EventSchema writer = recordOf(
                "{'name': 'label', 'type': 'string'}",
                "{'name': 'active', 'type': 'boolean'}",
                "{'name': 'id', 'type': 'long'}");
        byte[] bytes = write(writer, item -> {
            item.put("label", "x");
            item.put("active", false);
            item.put("id", 7L);
        });

        assertThat(ITEM.decode(bytes, writer)).isEqualTo(new Item(7, null, false, "x", List.of(), Map.of()));
    }

    @Test
    void whatWeNoLongerHaveIsReadOverWhateverItIs() {
        EventSchema writer = recordOf(
                "{'name': 'a', 'type': 'null'}",
                "{'name': 'b', 'type': 'boolean'}",
                "{'name': 'c', 'type': 'int'}",
                "{'name': 'd', 'type': 'long'}",
                "{'name': 'e', 'type': 'float'}",
                "{'name': 'f', 'type': 'double'}",
                "{'name': 'g', 'type': 'bytes'}",
                "{'name': 'h', 'type': 'string'}",
                "{'name': 'i', 'type': {'type': 'fixed', 'name': 'F', 'size': 3}}",
                "{'name': 'j', 'type': {'type': 'enum', 'name': 'E', 'symbols': ['X', 'Y']}}",
                "{'name': 'k', 'type': {'type': 'array', 'items': {'type': 'array', 'items': 'string'}}}",
                "{'name': 'l', 'type': {'type': 'map', 'values': ['null', 'long']}}",
                "{'name': 'm', 'type': ['null', {'type': 'record', 'name': 'Node', 'fields':"
                        + " [{'name': 'next', 'type': ['null', 'Node']}]}]}",
                "{'name': 'id', 'type': 'long'}");
        byte[] bytes = write(writer, item -> {
            item.put("b", true);
            item.put("c", 300);
            item.put("d", Long.MIN_VALUE);
            item.put("e", 1f);
            item.put("f", 1d);
            item.put("g", ByteBuffer.wrap(new byte[200]));
            item.put("h", "text");
            item.put("i", new GenericData.Fixed(item.getSchema().getField("i").schema(), new byte[3]));
            item.put(
                    "j",
                    new GenericData.EnumSymbol(item.getSchema().getField("j").schema(), "Y"));
            item.put("k", List.of(List.of(), List.of("a", "b")));
            Map<String, Long> map = new java.util.HashMap<>();
            map.put("one", 1L);
            map.put("none", null);
            item.put("l", map);
            item.put(
                    "m",
                    nodes(item.getSchema().getField("m").schema().getTypes().get(1), 5));
            item.put("id", 7L);
        });

        assertThat(ITEM.decode(bytes, writer)).isEqualTo(new Item(7));
    }

    private static GenericRecord nodes(Schema schema, int count) {
        GenericRecord node = new GenericData.Record(schema);
        if (count > 1) {
            node.put("next", nodes(schema, count - 1));
        }
        return node;
    }

    @Test
    void thisHoldsInsideListsMapsAndRecordsToo() {
        String item = "{'type': 'record', 'name': 'OldItem', 'fields':"
                + " [{'name': 'gone', 'type': 'string'}, {'name': 'id', 'type': 'int'}]}";
        EventSchema writer = recordOf(
                "{'name': 'items', 'type': {'type': 'array', 'items': " + item + "}}",
                "{'name': 'by_name', 'type': {'type': 'map', 'values': 'OldItem'}}",
                "{'name': 'item', 'type': 'OldItem'}");
        Schema itemSchema =
                writer.avro().getField("data").schema().getField("item").schema();
        byte[] bytes = write(writer, box -> {
            box.put("items", List.of(item(itemSchema, 1), item(itemSchema, 2)));
            box.put("by_name", Map.of("three", item(itemSchema, 3)));
            box.put("item", item(itemSchema, 4));
        });

        assertThat(codec(Box.class).decode(bytes, writer))
                .isEqualTo(new Box(new Item(4), List.of(new Item(1), new Item(2)), Map.of("three", new Item(3))));
    }

    private static GenericRecord item(Schema schema, int id) {
        GenericRecord item = new GenericData.Record(schema);
        item.put("gone", "x");
        item.put("id", id);
        return item;
    }

    record Numbers(long whole, int small, double fraction) {}

    @Test
    void numbersWiden() {
        EventSchema ints = recordOf(
                "{'name': 'whole', 'type': 'int'}",
                "{'name': 'small', 'type': 'int'}",
                "{'name': 'fraction', 'type': 'int'}");
        EventSchema floats = recordOf(
                "{'name': 'whole', 'type': 'long'}",
                "{'name': 'small', 'type': 'long'}",
                "{'name': 'fraction', 'type': 'float'}");

        assertThat(codec(Numbers.class)
                        .decode(
                                write(ints, data -> {
                                    data.put("whole", 1);
                                    data.put("small", 2);
                                    data.put("fraction", 3);
                                }),
                                ints))
                .isEqualTo(new Numbers(1, 2, 3));
        assertThat(codec(Numbers.class)
                        .decode(
                                write(floats, data -> {
                                    data.put("whole", Long.MAX_VALUE);
                                    data.put("small", (long) Integer.MIN_VALUE);
                                    data.put("fraction", 0.5f);
                                }),
                                floats))
                .isEqualTo(new Numbers(Long.MAX_VALUE, Integer.MIN_VALUE, 0.5));
    }

    @Test
    void aLongThatIsTooBigForAnIntIsAnError() {
        EventSchema writer = codec(Numbers.class).schema();
        byte[] bytes = write(writer, data -> {
            data.put("whole", 1L);
            data.put("small", 1L << 31);
            data.put("fraction", 1d);
        });

        assertThatThrownBy(() -> codec(Numbers.class).decode(bytes))
                .isInstanceOf(EventDecodeException.class)
                .hasMessageContaining("data.small (byte 1): must be a whole number of 32 bits, but takes more");
    }

    record Texts(String text, ByteBuffer bytes) {}

    @Test
    void textAndBytesBecomeEachOther() {
        EventSchema writer = recordOf("{'name': 'text', 'type': 'bytes'}", "{'name': 'bytes', 'type': 'string'}");
        byte[] bytes = write(writer, data -> {
            data.put("text", ByteBuffer.wrap(new byte[] {'a', 'b'}));
            data.put("bytes", "cd");
        });

        assertThat(codec(Texts.class).decode(bytes, writer))
                .isEqualTo(new Texts("ab", ByteBuffer.wrap(new byte[] {'c', 'd'})));
    }

    @Test
    void nullBecomesADefaultWhereThereIsOne() {
        EventSchema writer = recordOf(
                "{'name': 'id', 'type': 'long'}",
                "{'name': 'note', 'type': 'null'}",
                "{'name': 'label', 'type': ['null', 'string'], 'default': 'null'}",
                "{'name': 'active', 'type': ['boolean', 'null']}");
        byte[] bytes = write(writer, item -> item.put("id", 7L));

        assertThat(ITEM.decode(bytes, writer)).isEqualTo(new Item(7));
    }

    @Test
    void nullIsAnErrorWhereAValueMustBe() {
        EventSchema writer = recordOf("{'name': 'id', 'type': ['null', 'long']}");

        assertThat(ITEM.decode(write(writer, item -> item.put("id", 7L)), writer))
                .isEqualTo(new Item(7));
        assertThatThrownBy(() -> ITEM.decode(write(writer, item -> {}), writer))
                .isInstanceOf(EventDecodeException.class)
                .hasMessageContaining("data.id (byte 1): must be a whole number, but is null");
    }

    @Test
    void aUnionIsReadByTheBranchThatWasWritten() {
        EventSchema writer = recordOf("{'name': 'id', 'type': ['string', 'int', 'long']}");

        assertThat(ITEM.decode(write(writer, item -> item.put("id", 7)), writer))
                .isEqualTo(new Item(7));
        assertThat(ITEM.decode(write(writer, item -> item.put("id", 8L)), writer))
                .isEqualTo(new Item(8));
        assertThatThrownBy(() -> ITEM.decode(write(writer, item -> item.put("id", "nine")), writer))
                .isInstanceOf(EventDecodeException.class)
                .hasMessageContaining("data.id (byte 1): must be a whole number, but the writer's schema has string");
    }

    @Test
    void aContradictionMattersOnlyWhereThereIsAValue() {
        EventSchema writer = recordOf(
                "{'name': 'id', 'type': 'long'}", "{'name': 'tags', 'type': {'type': 'array', 'items': 'long'}}");

        assertThat(ITEM.decode(
                        write(writer, item -> {
                            item.put("id", 7L);
                            item.put("tags", List.of());
                        }),
                        writer))
                .isEqualTo(new Item(7));
        assertThatThrownBy(() -> ITEM.decode(
                        write(writer, item -> {
                            item.put("id", 7L);
                            item.put("tags", List.of(1L));
                        }),
                        writer))
                .isInstanceOf(EventDecodeException.class)
                .hasMessageContaining("data.tags[0] (byte 2): must be text, but the writer's schema has long");
    }

    @Test
    void aSchemaOfSomethingElseIsAnErrorAndNothingWorse() {
        List<String> others = new ArrayList<>(List.of("'null'", "'string'", "['null', 'long']"));
        others.add("{'type': 'array', 'items': 'long'}");
        others.add("{'type': 'enum', 'name': 'E', 'symbols': ['X']}");
        others.add("{'type': 'fixed', 'name': 'F', 'size': 1}");
        for (String other : others) {
            assertThatThrownBy(() -> ITEM.decode(new byte[] {0, 0, 0}, schema(other)))
                    .isInstanceOf(EventDecodeException.class)
                    .hasMessageContaining("data (byte ");
            assertThatThrownBy(() -> ITEM.decode(new byte[] {0, 0, 0}, EventSchema.parse(other.replace('\'', '"'))))
                    .isInstanceOf(EventDecodeException.class);
        }
    }
}
