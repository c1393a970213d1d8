package dev.carillon.bus.redis;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Counts the entries of a stream, whose data are skipped while they are read from the connection. */
final class EntryCount {

    private static final int PAGE = 1_000;

    private EntryCount() {}

    /** Those behind an id, up to another ({@code +}: the last one), both as Redis writes them; empty when they are more than that. */
    static OptionalLong between(RedisLink link, String asked, String topic, String after, String upTo, long most) {
        long count = 0;
        @Nullable String from = after;
        while (from != null && count < most) {
            ReadBudget nothing = new ReadBudget(0);
            link.ask(asked, StreamCommands.entries(topic, "(" + from, upTo, PAGE, EntryOutput.of(topic, nothing)));
            count += nothing.skipped();
            from = nothing.skipped() < PAGE ? null : nothing.lastSkipped(topic);
        }
        return from == null ? OptionalLong.of(count) : OptionalLong.empty();
    }
}
