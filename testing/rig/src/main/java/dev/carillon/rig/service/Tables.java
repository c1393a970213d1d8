package dev.carillon.rig.service;

import dev.carillon.bus.jdbc.JdbcSchema;
import dev.carillon.rig.judge.RecordedEvent;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The rig's own tables, beside those of outbox and inbox: counters, the ledger of committed events, and the effects of the receivers. All
 * methods open a connection of their own.
 */
public final class Tables {

    private static final List<String> CREATE = List.of(
            "create table rig_counter (counter text primary key, number bigint not null)",
            "create table rig_ledger (position bigserial primary key, id text not null unique, counter text not null,"
                    + " number bigint not null, producer text not null, written timestamptz not null default clock_timestamp())",
            "create table rig_resolved (id text primary key)",
            "create table rig_lost_by_broker (id text primary key)",
            "create table rig_state (receiver text not null, counter text not null, number bigint not null,"
                    + " primary key (receiver, counter))",
            // neither id nor number is unique, so that a duplicate effect can be detected
            "create table rig_effect (position bigserial primary key, receiver text not null, id text not null, counter text not null,"
                    + " number bigint not null, consumer text not null, written timestamptz not null default clock_timestamp())",
            "create index on rig_effect (id)");

    private Tables() {}

    /** Creates all tables in an empty database. */
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
    public static List<RecordedEvent> ledger(String url) throws SQLException {
        return entries(url, "select id, counter, number from rig_ledger order by position");
    }

    /** Every effect of a receiver, in the order in which they were written, which is that of each counter. */
    public static List<RecordedEvent> effects(String url, ReceiverName listener) throws SQLException {
        return entries(
                url,
                "select id, counter, number from rig_effect where receiver = '" + listener + "' order by position");
    }

    /** How many events were committed. */
    public static long sent(String url) throws SQLException {
        return count(url, "select count(*) from rig_ledger");
    }

    /** Whether any event has had an effect. */
    public static boolean hasEffects(String url) throws SQLException {
        return count(url, "select count(*) from (select 1 from rig_effect limit 1) as one") > 0;
    }

    /** The position of the last event in the ledger; 0 when it is empty. */
    public static long lastPosition(String url) throws SQLException {
        return count(url, "select coalesce(max(position), 0) from rig_ledger");
    }

    /** The events of the ledger after this position. */
    public static List<RecordedEvent> ledger(String url, long position) throws SQLException {
        return entries(
                url, "select id, counter, number from rig_ledger where position > " + position + " order by position");
    }

    /** The ids of the events after this position that have their effects in all receivers with effects. */
    public static Set<String> handled(String url, long position) throws SQLException {
        long effects = Arrays.stream(ReceiverName.values())
                .filter(ReceiverName::hasEffects)
                .count();
        return ids(
                url,
                "select e.id, '', 0 from rig_effect e join rig_ledger l on l.id = e.id where l.position > " + position
                        + " group by e.id having count(distinct e.receiver) = " + effects);
    }

    /** The last number of each counter in each receiver, with the name of the receiver in place of the event id. */
    public static List<RecordedEvent> states(String url) throws SQLException {
        return entries(url, "select receiver, counter, number from rig_state");
    }

    /** The ids of the events that are not published yet. */
    public static Set<String> unpublished(String url) throws SQLException {
        return ids(url, "select cast(metadata as json) ->> 'id', '', 0 from carillon_outbox where status = 0");
    }

    /** Records that the broker has lost these events. */
    public static void addLostByBroker(String url, Collection<String> ids) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement insert = connection.prepareStatement(
                        "insert into rig_lost_by_broker (id) values (?) on conflict do nothing")) {
            for (String id : ids) {
                insert.setString(1, id);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** The ids of all events that the broker has lost. */
    public static Set<String> lostByBroker(String url) throws SQLException {
        return ids(url, "select id, '', 0 from rig_lost_by_broker");
    }

    private static Set<String> ids(String url, String sql) throws SQLException {
        return entries(url, sql).stream().map(RecordedEvent::id).collect(Collectors.toSet());
    }

    private static long count(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static List<RecordedEvent> entries(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<RecordedEvent> entries = new ArrayList<>();
            while (rows.next()) {
                entries.add(new RecordedEvent(rows.getString(1), rows.getString(2), rows.getLong(3)));
            }
            return entries;
        }
    }
}
