package dev.carillon.rig.service;

import dev.carillon.events.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The events whose cause of failure the {@link Operator} has removed, as a table. */
final class ResolvedPoison {

    private ResolvedPoison() {}

    static boolean contains(Connection connection, Event<Step> event) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select 1 from rig_resolved where id = ?")) {
            select.setString(1, event.metadata().id().toString());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    static void add(Connection connection, Iterable<String> ids) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into rig_resolved (id) values (?) on conflict do nothing")) {
            for (String id : ids) {
                insert.setString(1, id);
                insert.executeUpdate();
            }
        }
    }
}
