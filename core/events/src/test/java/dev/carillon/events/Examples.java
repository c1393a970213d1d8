package dev.carillon.events;

/** What most tests send. */
final class Examples {

    record Certificate(String mode, int grade) {}

    static final Signal<Certificate> CREATED =
            Signal.of("org.example.certificate.created.v1", "certificate", Certificate.class);
    static final Signal<Certificate> REVOKED =
            Signal.of("org.example.certificate.revoked.v1", "certificate", Certificate.class);
    static final Certificate CERTIFICATE = new Certificate("verified", 87);

    private Examples() {}

    /** A service that knows no signals by name. */
    static Events events() {
        return Events.builder()
                .serviceName("lms")
                .sourceHost("lms.example.org")
                .signals(Signals.of())
                .build();
    }
}
