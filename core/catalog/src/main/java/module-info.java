/** The public events of Open edX. */
module dev.carillon.catalog {
    requires transitive dev.carillon.events;
    // only to compile: the annotations that ask for builders
    requires static transitive io.soabase.recordbuilder.core;
    requires static transitive java.compiler;

    exports dev.carillon.catalog;
    exports dev.carillon.catalog.analytics;
    exports dev.carillon.catalog.authoring;
    exports dev.carillon.catalog.authz;
    exports dev.carillon.catalog.enterprise;
    exports dev.carillon.catalog.learning;

    // records are read and created by reflection
    opens dev.carillon.catalog.analytics;
    opens dev.carillon.catalog.authoring;
    opens dev.carillon.catalog.authz;
    opens dev.carillon.catalog.enterprise;
    opens dev.carillon.catalog.learning;

    provides dev.carillon.events.SignalProvider with
            dev.carillon.catalog.CatalogSignals;
}
