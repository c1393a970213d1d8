package dev.carillon.bus.kafka.registry;

import dev.carillon.avro.SchemaHistory;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/** The fields that make two schemas incompatible. */
final class SchemaDifferences {

    private SchemaDifferences() {}

    /** A text with one clause per field; empty if the schemas are compatible, or one cannot be parsed. */
    static String between(String latest, String ours) {
        try {
            Schema theirs = SchemaHistory.parse(latest);
            Schema mine = SchemaHistory.parse(ours);
            return Stream.concat(
                            incompatibilities(mine, theirs).stream()
                                    .map(each -> "ours cannot read data of the latest: " + each),
                            incompatibilities(theirs, mine).stream()
                                    .map(each -> "the latest cannot read data of ours: " + each))
                    .collect(Collectors.joining("; "));
        } catch (RuntimeException e) {
            return "";
        }
    }

    private static List<String> incompatibilities(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()
                .stream()
                .map(SchemaDifferences::describe)
                .toList();
    }

    private static String describe(Incompatibility problem) {
        return problem.getType().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " at " + problem.getLocation()
                + " (" + problem.getMessage() + ")";
    }
}
