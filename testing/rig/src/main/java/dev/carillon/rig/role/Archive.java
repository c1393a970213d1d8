package dev.carillon.rig.role;

import dev.carillon.events.Event;
import dev.carillon.events.Receiver;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A receiver whose id another deployment changes, while dead letters name the old one. */
final class Archive implements Receiver<Step> {

    private final DataSource database;
    private final Recorder recorder;
    private final Path folder;

    Archive(DataSource database, Recorder recorder, Path folder) {
        this.folder = folder;
        this.database = database;
        this.recorder = recorder;
    }

    @Override
    public void receive(Event<Step> event) throws SQLException {
        boolean fails = Counters.isOfArchive(event.data()) && Condition.ARCHIVE_FAILS.isOn(folder);
        if (fails || (isPoison(event.data()) && !isCured(event))) {
            throw new PoisonException(event.data());
        }
        recorder.record(Listener.ARCHIVE, event);
    }

    /** Under its other name it leaves no dead letters: when it is called as before, they would be nobody's. */
    private boolean isPoison(Step step) {
        return Counters.isPoisonToArchive(step) && !Condition.RENAME.isOn(folder);
    }

    private boolean isCured(Event<Step> event) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Cures.has(connection, event);
        }
    }
}
