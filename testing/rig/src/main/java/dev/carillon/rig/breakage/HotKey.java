package dev.carillon.rig.breakage;

import dev.carillon.rig.fault.Breakable;
import dev.carillon.rig.fault.Kind;
import dev.carillon.rig.judge.Entry;
import dev.carillon.rig.role.Condition;
import java.nio.file.Path;
import java.util.List;

/**
 * Thousands of events of one key fail. They go on failing until what was sent meanwhile on other keys has been handled: what has
 * not, although nothing of it comes any more, waits without cause.
 */
public final class HotKey implements Breakable {

    private final Path folder;
    private final Arrival others;

    /** A key that is well yet. */
    public HotKey(Path folder, String databaseUrl) {
        this.folder = folder;
        this.others = new Arrival(databaseUrl);
    }

    @Override
    public void breakBy(Kind kind) {
        others.begin();
        Condition.HOT_KEY.turn(true, folder);
    }

    @Override
    public void mend(Kind kind) {
        try {
            others.await();
        } finally {
            Condition.HOT_KEY.turn(false, folder);
        }
    }

    /** The events of other keys that waited without cause. Told when the storm is over. */
    public List<Entry> waited() {
        return others.waited();
    }
}
