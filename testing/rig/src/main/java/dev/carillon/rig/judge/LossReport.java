package dev.carillon.rig.judge;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a consumer told of a loss, or of a move of its group.
 *
 * @param kind what kind of incident it was
 * @param messages how many messages; -1 where that was not told
 * @param text all of it
 */
public record LossReport(String kind, long messages, String text) {

    private static final Pattern INCIDENT = Pattern.compile("kind=(\\w+), .*?messages=(-?\\d+)");

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException when it is none of a consumer's
     */
    public static LossReport of(String line) {
        Matcher matcher = INCIDENT.matcher(line);
        if (!matcher.find()) {
            throw new IllegalArgumentException("No incident of a consumer: " + line);
        }
        return new LossReport(matcher.group(1), Long.parseLong(matcher.group(2)), line);
    }

    /** What was told, whoever it was told to: a member tells it again where the broker did not note that the one before it has. */
    String incident() {
        return text.substring(text.indexOf("kind="));
    }

    /** Messages that come a second time are none that are lost. */
    boolean isLoss() {
        return !kind.equals("MOVED_BACK");
    }
}
