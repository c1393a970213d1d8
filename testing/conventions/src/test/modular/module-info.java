/** A service on the module path: what docs/guide.md says about modules. */
module org.example.loans {
    requires dev.carillon.bus;

    exports org.example.loans.receivers;

    opens org.example.loans to
            dev.carillon.avro,
            dev.carillon.bus,
            dev.carillon.events;

    provides dev.carillon.events.SignalProvider with
            org.example.loans.LoanSignals;

    uses dev.carillon.bus.transport.TransportProvider;
}
