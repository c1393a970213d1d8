package dev.carillon.events.internal;

import java.util.Collection;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides which parts of a setting may be displayed, for all errors, warnings, logs and the command. A possible password
 * counts as one, even in the wrong place.
 */
public final class Secrets {

    /** The replacement for a secret. */
    public static final String MASK = "***";

    private static final String SECRET = "pass|pas+w|pwd|secret|token|key|credential|auth|jaas|private";
    private static final Pattern SECRET_NAME = Pattern.compile(SECRET, Pattern.CASE_INSENSITIVE);

    /** A setting with an unknown name may be a misspelt secret. */
    private static final Pattern PLAIN_NAME =
            Pattern.compile("SERVICE_VARIANT|EVENTS_SERVICE_NAME|EVENT_BUS_(?:PRODUCER|CONSUMER|TOPIC_PREFIX|\\w+_MODE"
                    + "|\\w+_URL|\\w+_SERVERS|\\w+_LEN|\\w+_ENABLED|\\w+_TIMEOUT|\\w+_SLEEP|\\w+_LIMIT|\\w+_SEC)");

    private static final Pattern ADDRESS_NAME = Pattern.compile("(?i).*(?:URLS?|SERVERS?|HOSTS?|ADDRESS)");
    private static final Pattern SCHEME = Pattern.compile("\\s*[A-Za-z][A-Za-z0-9+.-]{0,30}://");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_.-]{1,60}(?=:)");
    private static final Pattern NO_PORT = Pattern.compile("(?<![:\\[])(:)(?!\\d{1,5}(?:[/,\\s]|$)|//)[^:/,\\s\\]]*");
    private static final Pattern OPTION = Pattern.compile(
            "((?:" + SECRET + ")[\\w.-]{0,60}(?:\\s{0,9}=|[\"']\\s{0,9}:)\\s{0,9})(?:\"[^\"]*\"?|'[^']*'?|[^\\s,;&]+)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern USER_IN_MESSAGE =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]{0,30}://)?[^\\s'\",]+@(?=[\\w\\[])");
    private static final Pattern QUERY_IN_MESSAGE = Pattern.compile("(://[^\\s?'\"]*\\?)[^\\s'\"]+");

    /** The maximum length that is searched for secrets; less than that is displayed. */
    private static final int LONGEST = 4_000;

    private static final int MOST_NAMES = 30;

    private Secrets() {}

    /** The value of a setting for a message, in quotes; {@code ***} if the name denotes a secret. */
    public static String shown(String name, @Nullable Object value) {
        if (value == null) {
            return "not set";
        }
        if (SECRET_NAME.matcher(name).find()) {
            return MASK;
        }
        if (value instanceof Map) {
            return "a map";
        }
        if (value instanceof Collection) {
            return "a list";
        }
        String text = value.toString();
        String masked =
                ADDRESS_NAME.matcher(name).matches() ? address(text) : isAddress(text) ? masked(text) : options(text);
        return text.length() <= LONGEST ? Shown.quoted(masked) : Shown.quoted(masked, 100, text.length());
    }

    /** As {@link #shown}, for a possibly misspelt setting: the value of an unknown one is hidden. */
    public static String summary(String name, Object value) {
        if (SECRET_NAME.matcher(name).find()) {
            return MASK;
        }
        if (value instanceof Map<?, ?> map) {
            String more = map.size() > MOST_NAMES ? " and " + (map.size() - MOST_NAMES) + " more" : "";
            return "a map of "
                    + map.keySet().stream()
                            .limit(MOST_NAMES)
                            .map(key -> Shown.text(masked(String.valueOf(key))))
                            .collect(Collectors.joining(", "))
                    + more;
        }
        return value instanceof Boolean || PLAIN_NAME.matcher(name).matches()
                ? shown(name, value)
                : "set, and not shown: no setting that is known";
    }

    /**
     * One or more addresses, separated by commas, without possible passwords: {@code redis://user:***@host:6379/0}. Of a
     * query only the question mark is kept.
     */
    public static String masked(String text) {
        return isAddress(text) ? address(text) : options(text);
    }

    private static boolean isAddress(String text) {
        return text.indexOf('@') >= 0 || SCHEME.matcher(text).lookingAt();
    }

    /** Up to the last @, because a password may contain one. */
    private static String address(String text) {
        Matcher scheme = SCHEME.matcher(text);
        int start = scheme.lookingAt() ? scheme.end() : 0;
        int at = text.lastIndexOf('@');
        if (at < start) {
            return text.substring(0, start) + hosts(text.substring(start));
        }
        Matcher user = USER.matcher(text).region(start, at);
        user.useTransparentBounds(true);
        return text.substring(0, start)
                + (start > 0 && user.lookingAt() ? user.group() + ":" : "")
                + MASK
                + "@"
                + hosts(text.substring(at + 1));
    }

    private static String hosts(String text) {
        int query = text.indexOf('?');
        String hosts = query < 0 ? text : text.substring(0, query);
        String shown = options(NO_PORT.matcher(hosts).replaceAll("$1" + MASK));
        return query < 0 ? shown : shown + "?" + MASK;
    }

    private static String options(String text) {
        return OPTION.matcher(cut(text)).replaceAll("$1" + MASK);
    }

    /** Truncates long text between two words, so that no secret is cut where that would prevent recognizing it. */
    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, Math.max(200, text.lastIndexOf(' ', LONGEST)));
    }

    /** A message of foreign code, such as a client's exception, which may quote settings. */
    public static String inMessage(@Nullable String message) {
        String masked = USER_IN_MESSAGE.matcher(cut(String.valueOf(message))).replaceAll("$1" + MASK + "@");
        masked = QUERY_IN_MESSAGE.matcher(masked).replaceAll("$1" + MASK);
        return Shown.message(options(masked));
    }
}
