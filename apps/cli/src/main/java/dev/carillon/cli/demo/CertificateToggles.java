package dev.carillon.cli.demo;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsReader;
import dev.carillon.catalog.learning.LearningSignals;
import java.util.Map;

/**
 * The LMS's switches for publishing certificate events.
 *
 * @param created {@code SEND_CERTIFICATE_CREATED_SIGNAL}
 * @param revoked {@code SEND_CERTIFICATE_REVOKED_SIGNAL}
 */
record CertificateToggles(boolean created, boolean revoked) {

    static final String TOPIC = "learning-certificate-lifecycle";

    private static final String KEY_FIELD = "certificate.course.course_key";

    static CertificateToggles read(Settings settings) {
        SettingsReader reader = new SettingsReader(settings);
        CertificateToggles toggles = new CertificateToggles(
                reader.bool("SEND_CERTIFICATE_CREATED_SIGNAL", true),
                reader.bool("SEND_CERTIFICATE_REVOKED_SIGNAL", true));
        reader.finish();
        return toggles;
    }

    /** What the LMS's settings hold for these switches. */
    Map<String, Object> producerConfig() {
        return Map.of(
                LearningSignals.CERTIFICATE_CREATED.eventType(), Map.of(TOPIC, topic(created)),
                LearningSignals.CERTIFICATE_REVOKED.eventType(), Map.of(TOPIC, topic(revoked)));
    }

    private static Map<String, Object> topic(boolean enabled) {
        return Map.of("event_key_field", KEY_FIELD, "enabled", enabled);
    }
}
