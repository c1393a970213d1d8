package dev.carillon.rig.role;

import dev.carillon.bus.jdbc.JdbcSchema;
import dev.carillon.rig.judge.Entry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** The tables of the trial beside those of outbox and inbox: the counters, the ledger of what was committed, and what the consumers made of it. */
public final class Tables {

    private static final List<String> CREATE = List.of(
            "create table rig_counter (counter text primary key, number bigint not null)",
            "create table rig_ledger (position bigserial primary key, id text not null unique, counter text not null,"
                    + " number bigint not null, producer text not null, written timestamptz not null default clock_timestamp())",
            "create table rig_cured (id text primary key)",
            "create table rig_state (counter text primary key, number bigint not null)",
            // neither the id nor the number is unique: an effect that comes twice must be seen
            "create table rig_effect (position bigserial primary key, id text not null, counter text not null,"
                    + " number bigint not null, consumer text not null, written timestamptz not null default clock_timestamp())");

    private Tables() {}

    /** Makes them in an empty database. */
    public static void create(String url) throws SQLException {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(url);
        JdbcSchema.create(database);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : CREATE) {
                statement.execute(sql);
            }
        }
    }

    /** Every event that was committed, in the order in which they were written, which is that of each counter. */
    public static List<Entry> ledger(String url) throws SQLException {
        return entries(url, "select id, counter, number from rig_ledger order by position");
    }

    /** Every effect, in the order in which they were written, which is that of each counter. */
    public static List<Entry> effects(String url) throws SQLException {
        return entries(url, "select id, counter, number from rig_effect order by position");
    }

    /** How many events were committed. */
    public static long sent(String url) throws SQLException {
        return count(url, "select count(*) from rig_ledger");
    }

    /** How many events had an effect. */
    public static long applied(String url) throws SQLException {
        return count(url, "select count(distinct id) from rig_effect");
    }

    private static long count(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static List<Entry> entries(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<Entry> entries = new ArrayList<>();
            while (rows.next()) {
                entries.add(new Entry(rows.getString(1), rows.getString(2), rows.getLong(3)));
            }
            return entries;
        }
    }
}
