package org.example.confirmation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import dev.carillon.bus.EventBus;
import dev.carillon.bus.config.Settings;
import dev.carillon.catalog.learning.CourseData;
import dev.carillon.catalog.learning.CourseEnrollmentData;
import dev.carillon.catalog.learning.LearningSignals;
import dev.carillon.catalog.learning.UserData;
import dev.carillon.catalog.learning.UserPersonalData;
import dev.carillon.embedded.EmbeddedRedis;
import dev.carillon.events.Events;
import dev.carillon.events.keys.CourseKey;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest
class EnrollmentsTest {

    private static final EmbeddedRedis REDIS = EmbeddedRedis.start();
    private static final GreenMail MAIL = new GreenMail(ServerSetupTest.SMTP.dynamicPort());

    @DynamicPropertySource
    static void addresses(DynamicPropertyRegistry properties) {
        MAIL.start();
        properties.add("carillon.redis.connection-url", REDIS::url);
        properties.add("spring.mail.port", () -> MAIL.getSmtp().getPort());
        properties.add("spring.datasource.url", () -> "jdbc:h2:mem:confirmation");
        properties.add("carillon.consumer.start-at", () -> "earliest");
    }

    @AfterAll
    static void stop() {
        MAIL.stop();
    }

    @Autowired
    private JdbcClient database;

    /** What the LMS does. */
    private static void enroll(long learnerId, String name) {
        try (EventBus lms = EventBus.open(
                Settings.of(Map.of("EVENT_BUS_REDIS_CONNECTION_URL", REDIS.url())), Events.create("lms"))) {
            CourseEnrollmentData enrollment = CourseEnrollmentData.builder()
                    .user(new UserData(learnerId, true, new UserPersonalData(name, name + "@example.org", name)))
                    .course(CourseData.builder()
                            .courseKey(CourseKey.parse("course-v1:Example+DemoX+2026"))
                            .displayName("Demonstration")
                            .build())
                    .mode("audit")
                    .isActive(true)
                    .creationDate(OffsetDateTime.now(ZoneOffset.UTC))
                    .build();
            lms.send(
                            LearningSignals.COURSE_ENROLLMENT_CREATED,
                            "course-enrollment",
                            "enrollment.course.course_key",
                            enrollment)
                    .join();
        }
    }

    @Test
    void aLearnerWhoEnrollsGetsOneMailAndOneWhoWantsNoneGetsNone() throws Exception {
        database.sql("INSERT INTO preference VALUES (8, FALSE)").update();

        enroll(7, "ada");
        enroll(8, "grace");
        enroll(9, "joan");

        await().until(() -> MAIL.getReceivedMessages().length == 2);
        assertThat(MAIL.getReceivedMessages())
                .extracting(mail -> mail.getAllRecipients()[0].toString())
                .containsExactlyInAnyOrder("ada@example.org", "joan@example.org");
        assertThat(MAIL.getReceivedMessages()[0].getSubject()).isEqualTo("You have enrolled in Demonstration");
    }
}
