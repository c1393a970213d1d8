package dev.carillon.rig.breakage;

import dev.carillon.rig.judge.Damage;
import dev.carillon.rig.role.Tables;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Notes what the broker was made to lose, for the judge and for whoever waits for the events that are to come. */
public final class DamageLog {

    private final String databaseUrl;
    private final List<Damage> damages = new ArrayList<>();

    /** One that is empty. */
    public DamageLog(String databaseUrl) {
        this.databaseUrl = databaseUrl;
    }

    synchronized void note(Damage damage) {
        damages.add(damage);
        try {
            Tables.addGone(databaseUrl, damage.unread());
            Tables.addGone(databaseUrl, damage.given());
        } catch (SQLException e) {
            throw new IllegalStateException("The database is away while nothing is broken", e);
        }
    }

    /** What was lost until now. */
    public synchronized List<Damage> damages() {
        return List.copyOf(damages);
    }
}
