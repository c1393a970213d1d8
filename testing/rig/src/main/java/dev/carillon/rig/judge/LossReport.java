package dev.carillon.rig.judge;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A consumer's report of lost messages, or of a change of its group's position.
 *
 * @param kind the kind of the incident
 * @param messages the number of messages; -1 when the consumer did not know it
 * @param text the whole line
 */
public record LossReport(String kind, long messages, String text) {

    private static final Pattern INCIDENT = Pattern.compile("kind=(\\w+), .*?messages=(-?\\d+)");

    /**
     * Parses a line of the file of incidents.
     *
     * @throws IllegalArgumentException when the line is no incident of a consumer
     */
    public static LossReport of(String line) {
        Matcher matcher = INCIDENT.matcher(line);
        if (!matcher.find()) {
            throw new IllegalArgumentException("Not an incident of a consumer: " + line);
        }
        return new LossReport(matcher.group(1), Long.parseLong(matcher.group(2)), line);
    }

    /** The incident without the name of the consumer: two members may report the same one. */
    String incident() {
        return text.substring(text.indexOf("kind="));
    }

    /** False for messages that are only delivered a second time. */
    boolean isLoss() {
        return !kind.equals("MOVED_BACK");
    }
}
