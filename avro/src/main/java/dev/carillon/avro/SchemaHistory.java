package dev.carillon.avro;

import dev.carillon.events.LibraryVersion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The schemas that the public events have had, from release 0.10.0 of the event library on. A message that carries no
 * schema is read by the one that its {@code sourcelib} wrote.
 *
 * <p>Thread-safe. The history is read at the first question, once per instance; a schema is parsed when it is asked for.
 */
public final class SchemaHistory {

    private static final String RESOURCE = "schema-history.tsv";

    private volatile @Nullable Map<String, List<Entry>> entries;

    /** A schema, with the first and the last release that wrote it. */
    record Entry(LibraryVersion since, LibraryVersion until, String schemaText) {}

    /**
     * The schema under which a release wrote an event: the latest that is not newer than the release, the first one for a
     * release from before the history, the last one for a release from after it. Empty when the event type is not in the
     * history, as a user's own. Parses the schema each time.
     */
    public Optional<Schema> schema(String eventType, LibraryVersion release) {
        List<Entry> known = entries(eventType);
        return known.isEmpty()
                ? Optional.empty()
                : Optional.of(parse(known.get(indexOf(known, release)).schemaText()));
    }

    /** The event types in the history, sorted; some of them are no longer in the catalog. Unmodifiable. */
    public Set<String> eventTypes() {
        return entries().keySet();
    }

    /**
     * Parses a schema as leniently as old releases and the names of event types ask for: a namespace may hold a hyphen, and
     * a default need not fit its type.
     *
     * @throws org.apache.avro.AvroRuntimeException when the text is no schema
     */
    public static Schema parse(String schemaText) {
        return new Schema.Parser(NameValidator.NO_VALIDATION)
                .setValidateDefaults(false)
                .parse(schemaText);
    }

    /** The schemas of an event type, oldest first. */
    List<Entry> entries(String eventType) {
        return entries().getOrDefault(eventType, List.of());
    }

    /** Which of the entries a release wrote. */
    static int indexOf(List<Entry> entries, LibraryVersion release) {
        int index = entries.size() - 1;
        while (index > 0 && entries.get(index).since().compareTo(release) > 0) {
            index--;
        }
        return index;
    }

    private Map<String, List<Entry>> entries() {
        Map<String, List<Entry>> loaded = entries;
        if (loaded == null) {
            loaded = load();
            entries = loaded;
        }
        return loaded;
    }

    private static Map<String, List<Entry>> load() {
        Map<String, List<Entry>> entries = new TreeMap<>();
        try (InputStream resource = SchemaHistory.class.getResourceAsStream(RESOURCE);
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(Objects.requireNonNull(resource, RESOURCE), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] columns = line.split("\t", -1);
                entries.computeIfAbsent(columns[0], eventType -> new ArrayList<>())
                        .add(new Entry(LibraryVersion.parse(columns[1]), LibraryVersion.parse(columns[2]), columns[3]));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The history of schemas is not readable", e);
        }
        return java.util.Collections.unmodifiableMap(entries);
    }
}
