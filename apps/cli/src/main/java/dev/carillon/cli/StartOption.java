package dev.carillon.cli;

import dev.carillon.bus.transport.StartAt;
import dev.carillon.events.internal.IsoTime;
import java.time.DateTimeException;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --from}: an end of the topic, a position, or a time. */
final class StartOption implements ITypeConverter<StartAt> {

    /** An offset has no zeros before it; a time of day such as 12:00 has. */
    private static final Pattern POSITION = Pattern.compile("\\d+(-\\d+|:(0|[1-9]\\d*))?");

    @Override
    public StartAt convert(String text) {
        if (text.equals("earliest")) {
            return StartAt.earliest();
        }
        if (text.equals("latest")) {
            return StartAt.latest();
        }
        if (POSITION.matcher(text).matches()) {
            return StartAt.after(text);
        }
        try {
            return StartAt.time(IsoTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw new TypeConversionException(
                    "must be earliest, latest, a position such as 1679676448892-0 (Redis) or 2:1700 (Kafka), or a time such"
                            + " as 2024-01-02T03:04:05+00:00, but is '" + text + "'");
        }
    }
}
