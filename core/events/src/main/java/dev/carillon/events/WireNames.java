package dev.carillon.events;

import dev.carillon.events.internal.Annotated;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.regex.Pattern;

/** The mapping of Java names to wire names: {@code lmsUserId} is {@code lms_user_id} on the wire. */
public final class WireNames {

    private static final Pattern WORD_START = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    private WireNames() {}

    /** The name of a record component on the wire: its {@link WireName}, or its own name in snake case. */
    public static String of(RecordComponent component) {
        WireName wireName = Annotated.find(component, WireName.class);
        return wireName != null
                ? wireName.value()
                : WORD_START.matcher(component.getName()).replaceAll("_").toLowerCase(Locale.ROOT);
    }
}
