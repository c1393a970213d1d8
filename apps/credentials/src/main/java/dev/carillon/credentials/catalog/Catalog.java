package dev.carillon.credentials.catalog;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which courses, course runs and programs there are. */
@Repository
public class Catalog {

    private final JdbcClient database;

    Catalog(JdbcClient database) {
        this.database = database;
    }

    /**
     * Returns the number of a course run. One that is unknown becomes provisional, until the catalog brings it: events and calls may
     * be faster than the catalog.
     */
    public long courseRun(String key) {
        Optional<Long> known = find(key);
        if (known.isPresent()) {
            return known.get();
        }
        database.sql("INSERT INTO course_run (course_run_key) VALUES (?) ON CONFLICT DO NOTHING")
                .param(key)
                .update();
        return find(key).orElseThrow();
    }

    private Optional<Long> find(String courseRunKey) {
        return database.sql("SELECT id FROM course_run WHERE course_run_key = ?")
                .param(courseRunKey)
                .query(Long.class)
                .optional();
    }

    /** Finds a program. */
    public Optional<Program> program(UUID uuid) {
        return database.sql("SELECT id, uuid, title, type_slug, status FROM program WHERE uuid = ?")
                .param(uuid)
                .query((row, number) -> new Program(
                        row.getLong("id"),
                        row.getObject("uuid", UUID.class),
                        row.getString("title"),
                        row.getString("type_slug"),
                        row.getString("status")))
                .optional();
    }
}
