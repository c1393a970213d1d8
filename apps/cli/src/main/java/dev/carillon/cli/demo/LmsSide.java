package dev.carillon.cli.demo;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.Publication;
import dev.carillon.bus.config.Settings;
import dev.carillon.catalog.learning.CertificateData;
import dev.carillon.catalog.learning.CourseData;
import dev.carillon.catalog.learning.LearningSignals;
import dev.carillon.catalog.learning.UserData;
import dev.carillon.catalog.learning.UserPersonalData;
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
 * An LMS that grants course certificates and now and then revokes one, sending the events as edx-platform does. It knows
 * nothing of the bus but its settings.
 */
final class LmsSide implements AutoCloseable {

    private static final List<String> COURSES = List.of(
            "course-v1:edX+DemoX+2026",
            "course-v1:MITx+6.002x+2026",
            "course-v1:Üni+Mathe1+WS2026",
            "edX/Classic/2012");

    private final Events events = Events.create("lms");
    private final Random random = new Random(2026);
    private final Set<UUID> published = new HashSet<>();
    private final Set<LearnerCourse> holders = new LinkedHashSet<>();
    private final Set<LearnerCourse> formerHolders = new HashSet<>();
    private final EventBus bus;
    private final Publication publication;
    private final CertificateToggles toggles;
    private long learners;

    LmsSide(Map<String, String> broker, CertificateToggles toggles) {
        this.toggles = toggles;
        Settings settings = Settings.of(broker)
                .with("SERVICE_VARIANT", "lms")
                .with("EVENT_BUS_PRODUCER_CONFIG", toggles.producerConfig());
        this.bus = EventBus.open(settings, events);
        this.publication = bus.publishConfigured();
        events.connect(LearningSignals.CERTIFICATE_CREATED, event -> note(event, toggles.created()));
        events.connect(LearningSignals.CERTIFICATE_REVOKED, event -> note(event, toggles.revoked()));
    }

    private void note(Event<CertificateData> event, boolean enabled) {
        if (enabled) {
            published.add(event.metadata().id());
        }
    }

    /** One certificate is granted, or, one time in five, one is revoked. */
    void act() {
        if (!holders.isEmpty() && random.nextInt(5) == 0) {
            LearnerCourse holder = holders.iterator().next();
            holders.remove(holder);
            formerHolders.add(holder);
            events.send(LearningSignals.CERTIFICATE_REVOKED, certificate(holder, "notpassing", "downloadable"));
        } else {
            LearnerCourse holder = new LearnerCourse(++learners, COURSES.get(random.nextInt(COURSES.size())));
            holders.add(holder);
            events.send(LearningSignals.CERTIFICATE_CREATED, certificate(holder, "downloadable", ""));
        }
    }

    private static CertificateData certificate(LearnerCourse holder, String status, String previousStatus) {
        String username = "learner-" + holder.learner();
        return CertificateData.builder()
                .user(new UserData(
                        holder.learner(),
                        true,
                        new UserPersonalData(username, username + "@example.org", "Learner " + holder.learner())))
                .course(CourseData.builder()
                        .courseKey(CourseKey.parse(holder.course()))
                        .displayName("Demonstration")
                        .build())
                .mode("verified")
                .grade("0.87")
                .downloadUrl("https://example.org/certificates/" + holder.learner())
                .name("Learner " + holder.learner())
                .currentStatus(status)
                .previousStatus(previousStatus)
                .build();
    }

    /** The ids of the events that were published, or are under way. */
    Set<UUID> published() {
        return published;
    }

    /** How many events the broker did not take. */
    long failed() {
        return publication.eventTypes().isEmpty() ? 0 : bus.producer().failedCount();
    }

    /** How many learners hold a certificate. */
    int holderCount() {
        return holders.size();
    }

    /**
     * How many learners the credentials side has wrong: holders that it lacks, and former ones that it still has. Empty when it
     * does not hear of grants and revocations alike, and so cannot know.
     */
    OptionalLong disagreements(Set<LearnerCourse> credentials) {
        if (!toggles.created() || !toggles.revoked()) {
            return OptionalLong.empty();
        }
        long wrong =
                holders.stream().filter(holder -> !credentials.contains(holder)).count()
                        + formerHolders.stream().filter(credentials::contains).count();
        return OptionalLong.of(wrong);
    }

    @Override
    public void close() {
        publication.close();
        bus.close();
    }
}
