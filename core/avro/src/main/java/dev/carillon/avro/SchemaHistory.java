package dev.carillon.avro;

import dev.carillon.events.LibraryVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The schemas of the public events, from release 0.10.0 of the event library on. A message without a schema is read with
 * the schema that its {@code sourcelib} wrote.
 *
 * <p>Thread-safe. The history is loaded at first use, once per instance; a schema is parsed when it is requested.
 */
public final class SchemaHistory {

    private static final String RESOURCE = "schema-history.tsv";

    /** Event type → its lines, oldest schema first. */
    private volatile @Nullable Map<String, List<String>> lines;

    private final LibraryVersion newest;

    /** A schema, with the first and the last release that wrote it. */
    record Entry(LibraryVersion since, LibraryVersion until, String schemaText) {

        /** Reads a line: event type, since, until and schema, with tabs between them. */
        static Entry of(String line) {
            String[] columns = line.split("\t", -1);
            return new Entry(LibraryVersion.parse(columns[1]), LibraryVersion.parse(columns[2]), columns[3]);
        }
    }

    /** The history up to the release whose catalog Carillon implements. */
    public SchemaHistory() {
        this(LibraryVersion.CURRENT);
    }

    /** The history as of a release. */
    SchemaHistory(LibraryVersion newest) {
        this.newest = newest;
    }

    /** The last release in the history. */
    LibraryVersion newest() {
        return newest;
    }

    /**
     * Returns the schema that a release used for an event: the latest one that is not newer than the release. Releases
     * older than the history get the first schema, newer ones the last. Empty when the event type is not in the history,
     * for example a user's own. Parses the schema on each call.
     */
    public Optional<EventSchema> schema(String eventType, LibraryVersion release) {
        List<Entry> known = entries(eventType);
        return known.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        EventSchema.parse(known.get(indexOf(known, release)).schemaText()));
    }

    /** The event types in the history, sorted. Some are no longer in the catalog. Unmodifiable. */
    public Set<String> eventTypes() {
        return lines().keySet();
    }

    /** The schemas of an event type, oldest first. */
    List<Entry> entries(String eventType) {
        return lines().getOrDefault(eventType, List.of()).stream()
                .map(Entry::of)
                .filter(entry -> entry.since().compareTo(newest) <= 0)
                .toList();
    }

    /** Which of the entries a release wrote. */
    static int indexOf(List<Entry> entries, LibraryVersion release) {
        int index = entries.size() - 1;
        while (index > 0 && entries.get(index).since().compareTo(release) > 0) {
            index--;
        }
        return index;
    }

    private Map<String, List<String>> lines() {
        Map<String, List<String>> loaded = lines;
        if (loaded == null) {
            loaded = Collections.unmodifiableMap(load());
            lines = loaded;
        }
        return loaded;
    }

    private static Map<String, List<String>> load() {
        Map<String, List<String>> lines = new TreeMap<>();
        try (InputStream resource =
                Objects.requireNonNull(SchemaHistory.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            new String(resource.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(line -> lines.computeIfAbsent(
                                    line.substring(0, line.indexOf('\t')), added -> new ArrayList<>())
                            .add(line));
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException("The history of schemas is not readable", e);
        }
    }
}
