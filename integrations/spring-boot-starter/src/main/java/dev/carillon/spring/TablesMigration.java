package dev.carillon.spring;

import dev.carillon.bus.jdbc.JdbcSchema;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

/**
 * Creates the tables of outbox and inbox that do not exist yet, as a repeatable migration: so it has no number among those of the
 * application, and runs in databases that are older than the application's use of Carillon, too.
 */
final class TablesMigration implements JavaMigration, CarillonJdbcAutoConfiguration.Migration {

    /** To be raised when the tables change: then Flyway runs the migration again. */
    private static final int CHECKSUM = 1;

    /** None: a repeatable migration. */
    @Override
    @SuppressWarnings("NullAway") // what Flyway documents
    public @Nullable MigrationVersion getVersion() {
        return null;
    }

    @Override
    public String getDescription() {
        return "carillon event tables";
    }

    @Override
    public Integer getChecksum() {
        return CHECKSUM;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) {
        JdbcSchema.create(context.getConnection());
    }
}
