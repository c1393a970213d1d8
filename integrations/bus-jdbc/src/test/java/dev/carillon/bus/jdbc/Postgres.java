package dev.carillon.bus.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;

/** A real PostgreSQL. */
final class Postgres implements TestDatabase {

    private final EmbeddedPostgres server;

    /** {@code tracksCommits}: whether it records when transactions commit. */
    Postgres(boolean tracksCommits) throws IOException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("track_commit_timestamp", tracksCommits ? "on" : "off")
                .start();
    }

    @Override
    public String url() {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/postgres?user=postgres";
    }

    @Override
    public void cutConnections() throws SQLException {
        execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
    }

    @Override
    public void end() throws IOException {
        server.close();
    }
}
