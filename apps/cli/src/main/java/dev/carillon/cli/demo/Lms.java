package dev.carillon.cli.demo;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.config.Settings;
import dev.carillon.catalog.learning.CertificateData;
import dev.carillon.catalog.learning.CourseData;
import dev.carillon.catalog.learning.LearningSignals;
import dev.carillon.catalog.learning.UserData;
import dev.carillon.catalog.learning.UserPersonalData;
import dev.carillon.cli.demo.CredentialsService.Credential;
import dev.carillon.events.Event;
import dev.carillon.events.Events;
import dev.carillon.events.keys.CourseKey;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * An LMS that grants course certificates, sometimes revokes one, and sends the events as edx-platform does. Only its settings
 * refer to the event bus.
 */
final class Lms implements AutoCloseable {

    private static final List<String> COURSES = List.of(
            "course-v1:edX+DemoX+2026",
            "course-v1:MITx+6.002x+2026",
            "course-v1:Üni+Mathe1+WS2026",
            "edX/Classic/2012");

    private final Events events = Events.create("lms");
    private final Random random = new Random(2026);
    private final Set<UUID> published = new HashSet<>();
    private final Set<Credential> granted = new LinkedHashSet<>();
    private final Set<Credential> withdrawn = new HashSet<>();
    private final EventBus bus;
    private final CertificateToggles toggles;
    private long learners;

    Lms(Map<String, String> broker, CertificateToggles toggles) {
        this.toggles = toggles;
        Settings settings = Settings.of(broker)
                .with("SERVICE_VARIANT", "lms")
                .with("EVENT_BUS_PRODUCER_CONFIG", toggles.producerConfig());
        this.bus = EventBus.open(settings, events);
        events.connect(LearningSignals.CERTIFICATE_CREATED, event -> recordPublished(event, toggles.created()));
        events.connect(LearningSignals.CERTIFICATE_REVOKED, event -> recordPublished(event, toggles.revoked()));
    }

    private void recordPublished(Event<CertificateData> event, boolean enabled) {
        if (enabled) {
            published.add(event.metadata().id());
        }
    }

    /** Grants a certificate or, one time in five, revokes one. */
    void act() {
        if (!granted.isEmpty() && random.nextInt(5) == 0) {
            Credential credential = granted.iterator().next();
            granted.remove(credential);
            withdrawn.add(credential);
            events.send(LearningSignals.CERTIFICATE_REVOKED, certificate(credential, "notpassing", "downloadable"));
        } else {
            Credential credential = new Credential(++learners, COURSES.get(random.nextInt(COURSES.size())));
            granted.add(credential);
            events.send(LearningSignals.CERTIFICATE_CREATED, certificate(credential, "downloadable", ""));
        }
    }

    private static CertificateData certificate(Credential credential, String status, String previousStatus) {
        String username = "learner-" + credential.learner();
        return CertificateData.builder()
                .user(new UserData(
                        credential.learner(),
                        true,
                        new UserPersonalData(username, username + "@example.org", "Learner " + credential.learner())))
                .course(CourseData.builder()
                        .courseKey(CourseKey.parse(credential.course()))
                        .displayName("Demonstration")
                        .build())
                .mode("verified")
                .grade("0.87")
                .downloadUrl("https://example.org/certificates/" + credential.learner())
                .name("Learner " + credential.learner())
                .currentStatus(status)
                .previousStatus(previousStatus)
                .build();
    }

    /** The ids of the events that were published or are being published. */
    Set<UUID> published() {
        return published;
    }

    /** The number of events that could not be published. */
    long failed() {
        return bus.publishedEventTypes().isEmpty() ? 0 : bus.producer().failedCount();
    }

    /** The number of certificates that were granted and not revoked. */
    int certificateCount() {
        return granted.size();
    }

    /**
     * The number of certificates about which LMS and credentials service disagree: granted without a credential, or revoked with
     * one. Empty when the settings do not publish both grants and revocations.
     */
    OptionalLong disagreements(Set<Credential> credentials) {
        if (!toggles.created() || !toggles.revoked()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(granted.stream()
                        .filter(credential -> !credentials.contains(credential))
                        .count()
                + withdrawn.stream().filter(credentials::contains).count());
    }

    @Override
    public void close() {
        bus.close();
    }
}
