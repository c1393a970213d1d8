package dev.carillon.rig.injection;

import dev.carillon.rig.judge.BrokerLoss;
import dev.carillon.rig.service.Tables;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Records the messages that faults made the broker lose, in memory and in the database. Thread-safe. */
public final class LossLog {

    private final String databaseUrl;
    private final List<BrokerLoss> losses = new ArrayList<>();

    /** An empty log. */
    public LossLog(String databaseUrl) {
        this.databaseUrl = databaseUrl;
    }

    synchronized void add(BrokerLoss loss) {
        losses.add(loss);
        try {
            Tables.addLostByBroker(databaseUrl, loss.undelivered());
            Tables.addLostByBroker(databaseUrl, loss.unacknowledged());
        } catch (SQLException e) {
            throw new IllegalStateException("The database is unavailable although no fault is in effect", e);
        }
    }

    /** The losses until now. */
    public synchronized List<BrokerLoss> losses() {
        return List.copyOf(losses);
    }
}
