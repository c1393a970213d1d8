package dev.carillon.cli.demo;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsReader;
import dev.carillon.catalog.learning.LearningSignals;
import java.util.Map;

/**
 * The settings of the LMS that switch the publication of certificate events on and off.
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

    /** The value of {@code EVENT_BUS_PRODUCER_CONFIG} for these settings. */
    Map<String, Object> producerConfig() {
        return Map.of(
                LearningSignals.CERTIFICATE_CREATED.eventType(), Map.of(TOPIC, topic(created)),
                LearningSignals.CERTIFICATE_REVOKED.eventType(), Map.of(TOPIC, topic(revoked)));
    }

    private static Map<String, Object> topic(boolean enabled) {
        return Map.of("event_key_field", KEY_FIELD, "enabled", enabled);
    }
}
