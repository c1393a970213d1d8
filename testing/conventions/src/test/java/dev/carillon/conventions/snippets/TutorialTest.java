package dev.carillon.conventions.snippets;

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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Follows {@code docs/tutorial.md} word for word, in an empty folder: builds the service with Maven, runs it, and stops it. Needs the
 * modules in the local repository; {@code bin/test-tutorial} installs them before.
 */
@EnabledIfSystemProperty(named = "carillon.tutorial", matches = "true")
class TutorialTest {

    private static final Pattern FILE = Pattern.compile("<!-- file: (\\S+) -->\\n```\\w+\\n(.*?)```", Pattern.DOTALL);
    private static final int ENDED_BY_SIGTERM = 143;

    @TempDir
    private Path folder;

    @Test
    void theTutorialLeadsToAServiceThatSendsAMailForAnEnrollment() throws Exception {
        writeFiles();
        Process build = start(Map.of(), "mvn", "-B", "-q", "package");
        assertThat(build.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(build.exitValue()).as(log()).isZero();

        GreenMail mail = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
        mail.start();
        try (EmbeddedRedis redis = EmbeddedRedis.start()) {
            Process service = start(
                    Map.of(
                            "EVENT_BUS_REDIS_CONNECTION_URL", redis.url(),
                            "SPRING_MAIL_PORT", String.valueOf(mail.getSmtp().getPort()),
                            "CARILLON_CONSUMER_START_AT", "earliest"),
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-jar",
                    "target/confirmation-service-1.jar");
            try {
                await().atMost(Duration.ofMinutes(1))
                        .untilAsserted(() -> assertThat(log())
                                .contains("Consuming topics [course-enrollment, confirmations] from redis at redis://")
                                .contains("as group confirmation-service; receivers: [confirm of"));
                enroll(redis.url());
                await().atMost(Duration.ofMinutes(1)).until(() -> mail.getReceivedMessages().length == 1);
                assertThat(mail.getReceivedMessages()[0].getSubject()).isEqualTo("You have enrolled in Demonstration");
            } finally {
                service.destroy();
            }
            assertThat(service.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(service.exitValue()).isEqualTo(ENDED_BY_SIGTERM);
            assertThat(log()).doesNotContain("ada@example.org").doesNotContain(" ERROR ");
        } finally {
            mail.stop();
        }
    }

    private void writeFiles() throws IOException {
        Matcher file = FILE.matcher(Files.readString(Path.of("..", "..", "docs", "tutorial.md")));
        while (file.find()) {
            Path path = folder.resolve(file.group(1));
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.group(2));
        }
    }

    private Process start(Map<String, String> variables, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().putAll(variables);
        return builder.start();
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    private static void enroll(String redis) {
        try (EventBus lms =
                EventBus.open(Settings.of(Map.of("EVENT_BUS_REDIS_CONNECTION_URL", redis)), Events.create("lms"))) {
            CourseEnrollmentData enrollment = CourseEnrollmentData.builder()
                    .user(new UserData(7, true, new UserPersonalData("ada", "ada@example.org", "Ada")))
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
}
