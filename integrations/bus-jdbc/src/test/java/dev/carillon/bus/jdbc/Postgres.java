package dev.carillon.bus.jdbc;

import dev.carillon.embedded.postgres.EmbeddedPostgres;
import java.sql.SQLException;

/** A real PostgreSQL. */
final class Postgres implements TestDatabase {

    private final EmbeddedPostgres server;

    /** {@code tracksCommits}: whether it records when transactions commit. */
    Postgres(boolean tracksCommits) {
        server = EmbeddedPostgres.builder()
                .config("track_commit_timestamp", tracksCommits ? "on" : "off")
                .config("fsync", "off") // faster: these data need not survive a crash of the machine
                .start();
    }

    @Override
    public String url() {
        return server.jdbcUrl();
    }

    @Override
    public void cutConnections() throws SQLException {
        execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
    }

    @Override
    public void end() {
        server.close();
    }
}
