package dev.carillon.credentials.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Points in time in the database, which keeps microseconds. */
public final class Times {

    private Times() {}

    /** Now, as precisely as the database keeps it: what is read back is equal. */
    public static Instant now(Clock clock) {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** As a parameter of a statement. */
    public static @Nullable OffsetDateTime parameter(@Nullable Instant time) {
        return time == null ? null : required(time);
    }

    /** As a parameter of a statement that is never null. */
    public static OffsetDateTime required(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    /** The value of a column; null if it is. */
    public static @Nullable Instant nullable(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    /** The value of a column that is never null. */
    public static Instant required(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
