package dev.carillon.events.plugins.badges;

import dev.carillon.events.Event;
import dev.carillon.events.EventMetadata;
import java.io.IOException;

/** The receivers of the plugin; their responses say what they received. */
public final class Signals {

    private int calls;

    public static String award(Badge badge) {
        return "award " + badge.learner();
    }

    public static String withEvent(Event<Badge> event) {
        return "event " + event.data().learner() + " " + event.fromBus();
    }

    public static String withAnyEvent(Event<? extends Award> event) {
        return "any event " + event.data().level();
    }

    public static <E extends Award> String generic(Event<E> event) {
        return "generic " + event.data().level();
    }

    @SuppressWarnings("rawtypes") // as older code has it
    public static String rawEvent(Event event) {
        return "raw " + event.data();
    }

    public static String withMetadata(Badge badge, EventMetadata metadata) {
        return "metadata " + badge.learner() + " " + metadata.eventType();
    }

    public static String withInterface(Award award) {
        return "interface " + award.level();
    }

    public static int number(Badge badge) {
        return badge.level();
    }

    public static void silent(Badge badge) {
        award(badge);
    }

    public static void failing(Badge badge) throws IOException {
        throw new IOException("no badge for " + badge.learner());
    }

    public int count(Badge badge) {
        return ++calls;
    }

    public int countAgain(Badge badge) {
        return ++calls;
    }

    public static String wrong(String text) {
        return text;
    }

    public static String wrongEvent(Event<String> event) {
        return event.data();
    }

    public static String ambiguous(Badge badge) {
        return "data";
    }

    public static String ambiguous(Event<Badge> event) {
        return "event";
    }

    public static String overloaded(String text) {
        return "text";
    }

    public static String overloaded(Badge badge) {
        return "badge";
    }

    static String hidden(Badge badge) {
        return "hidden";
    }
}
