package dev.carillon.rig.service;

import dev.carillon.events.Event;
import dev.carillon.events.Receiver;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A receiver whose id a deployment changes while dead letters have the original one. Records its calls only. */
final class RenamedReceiver implements Receiver<Step> {

    private final DataSource database;
    private final DeliveryRecorder recorder;
    private final Path folder;

    RenamedReceiver(DataSource database, DeliveryRecorder recorder, Path folder) {
        this.folder = folder;
        this.database = database;
        this.recorder = recorder;
    }

    @Override
    public void receive(Event<Step> event) throws SQLException {
        boolean fails = Counters.isOfArchive(event.data()) && FaultSwitch.ARCHIVE_FAILS.isOn(folder);
        if (fails || (isPoison(event.data()) && !isResolved(event))) {
            throw new PoisonException(event.data());
        }
        recorder.record(ReceiverName.ARCHIVE, event);
    }

    /** Never under the other id: its dead letters would belong to no receiver when the original id is restored. */
    private boolean isPoison(Step step) {
        return Counters.isPoisonToArchive(step) && !FaultSwitch.RENAME.isOn(folder);
    }

    private boolean isResolved(Event<Step> event) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return ResolvedPoison.contains(connection, event);
        }
    }
}
