package dev.carillon.testkit;

import dev.carillon.events.keys.KeyKind;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Text and numbers that fit the name of their component.
 *
 * @param record the simple name of the record
 * @param name the name of the component on the wire
 * @param personal whether it is marked as personal
 */
record SampleText(Random random, String record, String name, boolean personal) {

    private static final Map<String, List<String>> CHOICES = Map.ofEntries(
            Map.entry("mode", List.of("verified", "audit", "honor", "professional")),
            Map.entry("grade", List.of("0.62", "0.78", "0.85", "0.93")),
            Map.entry("letter_grade", List.of("A", "B", "C", "Pass")),
            Map.entry("current_status", List.of("downloadable", "notpassing", "unavailable")),
            Map.entry("previous_status", List.of("", "unverified", "notpassing")),
            Map.entry("status", List.of("awarded", "revoked")),
            Map.entry("state", List.of("created", "pending", "committed")),
            Map.entry("role", List.of("instructor", "staff", "beta_testers")),
            Map.entry("exam_type", List.of("proctored", "timed", "practice")),
            Map.entry("block_type", List.of("problem", "html", "video")),
            Map.entry("pacing", List.of("self", "instructor")),
            Map.entry("certificate_type", List.of("verified", "honor", "professional")),
            Map.entry("program_type", List.of("MicroMasters", "Professional Certificate", "XSeries")),
            Map.entry("origin", List.of("openedx", "credly")),
            Map.entry("fulfillment_type", List.of("license", "learner_credit")),
            Map.entry("operation", List.of("assigned", "removed")),
            Map.entry("changes", List.of("tags", "collections", "units")),
            Map.entry("app_name", List.of("discussion", "updates")),
            Map.entry("notification_type", List.of("new_comment", "new_response", "course_updates")),
            Map.entry("commentable_id", List.of("course", "general")),
            Map.entry("thread_type", List.of("discussion", "question")),
            Map.entry("provider_type", List.of("openedx", "legacy")));

    /** Record and component, for messages. */
    String path() {
        return name.isEmpty() ? record : record + "." + name;
    }

    /** A number that fits: ids are large, counts are small. */
    long number() {
        if (name.equals("points_possible")) {
            return 100;
        }
        if (name.endsWith("id") || name.endsWith("skills")) {
            return 1_000L + random.nextInt(1_000_000);
        }
        return 1L + random.nextInt(100);
    }

    String value(SampleWorld world) {
        List<String> choices = CHOICES.get(name);
        if (choices != null) {
            return choices.get(random.nextInt(choices.size()));
        }
        if (name.endsWith("email")) {
            return world.person().email();
        }
        if (name.endsWith("username") || name.equals("subject")) {
            return world.person().username();
        }
        if (name.equals("name") || name.endsWith("full_name")) {
            return personal || record.contains("Signatory") ? world.person().name() : nameOfThing(world);
        }
        if (name.endsWith("title") || name.endsWith("display_name")) {
            return world.courseName();
        }
        if (name.endsWith("uuid")) {
            return world.uuid().toString();
        }
        if (name.endsWith("url") || name.endsWith("urls")) {
            return "https://example.org/" + world.hex(12);
        }
        if (name.equals("start") || name.equals("end")) {
            return world.time(name).toString();
        }
        if (name.equals("org_key") || name.equals("organization")) {
            return world.org();
        }
        if (name.equals("parent_content_key")) {
            return world.courseWithoutRun();
        }
        if (name.equals("course_id") || name.equals("content_key") || name.equals("scope")) {
            return world.key(KeyKind.COURSE).toString();
        }
        if (name.equals("location") || name.equals("module_id") || name.equals("object_id")) {
            return world.key(KeyKind.USAGE).toString();
        }
        if (name.equals("user_id")) {
            return Integer.toString(1_000 + random.nextInt(1_000_000));
        }
        if (name.endsWith("id") || name.endsWith("hash") || name.endsWith("version") || name.endsWith("identifier")) {
            return world.hex(24);
        }
        if (record.equals("TrackingLogData")) {
            return "{\"course_id\": \"" + world.key(KeyKind.COURSE) + "\", \"user_id\": " + random.nextInt(1_000_000)
                    + "}";
        }
        return (name.isEmpty() ? "text" : name.replace('_', ' ')) + " " + (1 + random.nextInt(10_000));
    }

    private String nameOfThing(SampleWorld world) {
        if (record.equals("TrackingLogData")) {
            return "edx.course.enrollment.activated";
        }
        return record.startsWith("Cohort") ? "Cohort " + (1 + random.nextInt(20)) : world.courseName();
    }
}
