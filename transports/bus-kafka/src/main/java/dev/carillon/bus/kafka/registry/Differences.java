package dev.carillon.bus.kafka.registry;

import dev.carillon.avro.SchemaHistory;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/** Says which fields keep two schemas from being read with each other. */
final class Differences {

    private Differences() {}

    /** One clause a field; empty when Avro sees nothing wrong, or one is no schema. */
    static String between(String latest, String ours) {
        try {
            Schema old = SchemaHistory.parse(latest);
            Schema fresh = SchemaHistory.parse(ours);
            return Stream.concat(
                            problems(fresh, old).stream()
                                    .map(each -> "ours cannot read what the latest wrote: " + each),
                            problems(old, fresh).stream()
                                    .map(each -> "the latest cannot read what ours writes: " + each))
                    .collect(Collectors.joining("; "));
        } catch (RuntimeException e) {
            return "";
        }
    }

    private static List<String> problems(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()
                .stream()
                .map(Differences::described)
                .toList();
    }

    private static String described(Incompatibility problem) {
        return problem.getType().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + " at "
                + problem.getLocation() + " (" + problem.getMessage() + ")";
    }
}
