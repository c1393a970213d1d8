package dev.carillon.testkit;

import dev.carillon.embedded.postgres.EmbeddedPostgres;
import java.util.Map;
import javax.sql.DataSource;

/** Used through {@link WithPostgres}. */
final class PostgresExtension extends ServersExtension<EmbeddedPostgres, DataSource> {

    PostgresExtension() {
        super(
                EmbeddedPostgres.class,
                EmbeddedPostgres::start,
                Map.of(EmbeddedPostgres.class, postgres -> postgres),
                DataSource.class,
                EmbeddedPostgres::createDatabase);
    }
}
