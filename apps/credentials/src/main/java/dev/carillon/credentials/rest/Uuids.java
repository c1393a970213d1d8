package dev.carillon.credentials.rest;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** UUIDs as clients write them: with dashes, or as 32 hexadecimal digits. */
final class Uuids {

    private static final Pattern HEX = Pattern.compile(
            "([0-9a-fA-F]{8})-?([0-9a-fA-F]{4})-?([0-9a-fA-F]{4})-?([0-9a-fA-F]{4})-?([0-9a-fA-F]{12})");

    private Uuids() {}

    /** Returns null if the text is none. */
    static @Nullable UUID parse(String text) {
        Matcher matcher = HEX.matcher(text.strip());
        return matcher.matches() ? UUID.fromString(matcher.replaceFirst("$1-$2-$3-$4-$5")) : null;
    }
}
