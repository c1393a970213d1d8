package dev.carillon.avro;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@link List}: an array in Avro, without null items. Lists that were read are unmodifiable. */
final class ListType extends DataType {

    private final DataType item;
    private final ListReader reader;

    ListType(DataType item) {
        this.item = item;
        this.reader = new ListReader(item);
    }

    DataType item() {
        return item;
    }

    @Override
    String expected() {
        return "a list";
    }

    @Override
    void appendSchema(StringBuilder schema, Set<String> defined) {
        schema.append("{\"items\": ");
        item.appendSchema(schema, defined);
        schema.append(", \"type\": \"array\"}");
    }

    @Override
    void write(Object value, AvroBuffer out) {
        Object[] items = ((List<?>) value).toArray();
        if (items.length > 0) {
            out.writeLong(items.length);
            for (int i = 0; i < items.length; i++) {
                try {
                    item.write(required(items[i]), out);
                } catch (RuntimeException e) {
                    throw DataProblem.of(e).inItem(i);
                }
            }
        }
        out.writeEndOfBlocks();
    }

    private Object required(@org.jspecify.annotations.Nullable Object value) {
        if (value == null) {
            throw item.missing();
        }
        return value;
    }

    @Override
    public Object read(AvroInput in) {
        return reader.read(in);
    }

    @Override
    void writeJson(Object value, JsonOutput out) {
        out.startList();
        int i = 0;
        for (Object element : (List<?>) value) {
            try {
                item.writeJson(required(element), out);
            } catch (RuntimeException e) {
                throw DataProblem.of(e).inItem(i);
            }
            i++;
        }
        out.endList();
    }

    @Override
    Object readJson(JsonInput in) {
        in.startList(expected());
        List<Object> items = new ArrayList<>();
        try {
            while (in.nextItem()) {
                items.add(item.readJson(in));
            }
        } catch (DataProblem e) {
            throw e.inItem(items.size());
        }
        return List.of(items.toArray());
    }

    @Override
    Optional<Object> defaultOf(String text) {
        return text.equals("[]") ? Optional.of(List.of()) : Optional.empty();
    }

    @Override
    boolean containsPii() {
        return item.containsPii();
    }
}
