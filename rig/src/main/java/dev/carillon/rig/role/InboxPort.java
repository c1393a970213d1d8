package dev.carillon.rig.role;

import dev.carillon.events.Receiver;
import java.sql.Connection;
import java.sql.PreparedStatement;
import javax.sql.DataSource;

/** An inbox, the simplest: stands in until {@code bus-jdbc} is there. */
final class InboxPort {

    private InboxPort() {}

    static Receiver<Step> receiver(DataSource database, String consumer) {
        Effect effect = new Effect(consumer);
        return event -> {
            try (Connection connection = database.getConnection()) {
                connection.setAutoCommit(false);
                try (PreparedStatement insert =
                        connection.prepareStatement("insert into rig_inbox (id) values (?) on conflict do nothing")) {
                    insert.setString(1, event.metadata().id().toString());
                    if (insert.executeUpdate() == 1) {
                        effect.apply(connection, event);
                    }
                }
                connection.commit();
            }
        };
    }
}
