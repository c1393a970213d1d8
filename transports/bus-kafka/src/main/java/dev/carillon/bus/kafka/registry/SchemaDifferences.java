package dev.carillon.bus.kafka.registry;

import dev.carillon.avro.EventSchema;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The fields that make two schemas incompatible. */
final class SchemaDifferences {

    private SchemaDifferences() {}

    /** A text with one clause per field; empty if the schemas are compatible, or one cannot be parsed. */
    static String between(String latest, String ours) {
        try {
            EventSchema theirs = EventSchema.parse(latest);
            EventSchema mine = EventSchema.parse(ours);
            return Stream.concat(
                            mine.problemsReading(theirs).stream()
                                    .map(each -> "ours cannot read data of the latest: " + each),
                            theirs.problemsReading(mine).stream()
                                    .map(each -> "the latest cannot read data of ours: " + each))
                    .collect(Collectors.joining("; "));
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
