package dev.carillon.benchmarks;

import dev.carillon.catalog.learning.CertificateData;
import dev.carillon.catalog.learning.CourseData;
import dev.carillon.catalog.learning.UserData;
import dev.carillon.catalog.learning.UserPersonalData;
import dev.carillon.events.keys.CourseKey;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;

/** The event data of all measurements. */
final class Certificates {

    private static final OffsetDateTime START = OffsetDateTime.of(2026, 1, 12, 8, 30, 0, 0, ZoneOffset.UTC);

    private Certificates() {}

    static CertificateData one(int number) {
        return CertificateData.builder()
                .user(new UserData(
                        100_000L + number,
                        true,
                        new UserPersonalData("learner" + number, "learner" + number + "@example.org", "Zoë Learner")))
                .course(CourseData.builder()
                        .courseKey(CourseKey.parse("course-v1:edX+DemoX+2026_" + number % 20))
                        .displayName("Demonstration Course")
                        .start(START.plusDays(number % 100))
                        .end(START.plusDays(200).withNano(123_456_000))
                        .build())
                .mode("verified")
                .grade("0.87")
                .downloadUrl("https://example.org/certificates/" + number)
                .name("Zoë Learner")
                .currentStatus("downloadable")
                .previousStatus("notpassing")
                .build();
    }

    static List<CertificateData> many(int count) {
        return IntStream.range(0, count).mapToObj(Certificates::one).toList();
    }
}
