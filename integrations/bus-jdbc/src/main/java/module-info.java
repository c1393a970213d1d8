/** A transactional outbox with its relay, and an inbox, in the service's own database. */
module dev.carillon.bus.jdbc {
    requires transitive dev.carillon.bus;
    requires transitive java.sql;
    requires org.slf4j;

    exports dev.carillon.bus.jdbc;
}
