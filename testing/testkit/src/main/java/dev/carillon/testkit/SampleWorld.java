package dev.carillon.testkit;

import dev.carillon.events.keys.KeyKind;
import dev.carillon.events.keys.OpaqueKey;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

/** What the values of one sample have in common: a course, a time, and a person for each user. */
final class SampleWorld {

    private static final OffsetDateTime EPOCH = OffsetDateTime.of(2026, 1, 5, 8, 0, 0, 0, ZoneOffset.UTC);
    private static final List<String> ORGS = List.of("DemoX", "ExampleX", "NorthU", "LakeU", "HillX", "OpenU");
    private static final List<String> SUBJECTS =
            List.of("Algebra", "Botany", "Chemistry", "Drawing", "Economics", "French", "Geology", "History");
    private static final List<String> FIRST_NAMES =
            List.of("Ada", "Ben", "Chiara", "Dmitri", "Elif", "Fatima", "Grace", "Hiro", "Inés", "Jonas");
    private static final List<String> LAST_NAMES =
            List.of("Adeyemi", "Brown", "Castro", "Dubois", "Eriksson", "Fischer", "Garcia", "Haddad", "Ito", "Jones");

    private final Random random;
    private final String org;
    private final String subject;
    private final int number;
    private final String run;
    private final OffsetDateTime start;
    private Person person;

    /** A person of the sample. */
    record Person(String name, String username, String email) {}

    SampleWorld(Random random) {
        this.random = random;
        this.org = choose(ORGS);
        this.subject = choose(SUBJECTS);
        this.number = 100 + random.nextInt(900);
        this.run = (2024 + random.nextInt(4)) + "_T" + (1 + random.nextInt(4));
        this.start = EPOCH.plusMinutes(random.nextInt(500_000));
        this.person = newPerson();
    }

    /** A record that contains an e-mail address is about a person of its own. */
    void enter(RecordComponent... components) {
        if (Arrays.stream(components).anyMatch(each -> each.getName().equals("email"))) {
            person = newPerson();
        }
    }

    Person person() {
        return person;
    }

    String org() {
        return org;
    }

    String courseName() {
        return subject + " " + number;
    }

    /** The course without its run. */
    String courseWithoutRun() {
        return org + "+" + code();
    }

    OpaqueKey key(KeyKind kind) {
        String course = courseWithoutRun() + "+" + run;
        return kind.parse(
                switch (kind) {
                    case COURSE -> "course-v1:" + course;
                    case USAGE -> "block-v1:" + course + "+type@problem+block@" + hex(32);
                    case CCX -> "ccx-v1:" + course + "+ccx@" + (1 + random.nextInt(500));
                    case LIBRARY -> "lib:" + org + ":" + code();
                    case LIBRARY_USAGE -> "lb:" + org + ":" + code() + ":problem:" + uuid();
                    case LIBRARY_COLLECTION -> "lib-collection:" + org + ":" + code() + ":exercises-" + hex(6);
                    case LIBRARY_CONTAINER -> "lct:" + org + ":" + code() + ":unit:week-" + hex(6);
                });
    }

    /** A time that fits the name of its component: what starts does so before it ends. */
    OffsetDateTime time(String name) {
        Duration offset;
        if (name.contains("enrollment_start")) {
            offset = Duration.ofDays(-60);
        } else if (name.contains("enrollment_end")) {
            offset = Duration.ofDays(-7);
        } else if (name.contains("start") || name.contains("creat")) {
            offset = Duration.ZERO;
        } else if (name.contains("end")) {
            offset = Duration.ofDays(90);
        } else if (name.contains("expir") || name.contains("due")) {
            offset = Duration.ofDays(365);
        } else {
            offset = Duration.ofMinutes(30);
        }
        return start.plus(offset);
    }

    UUID uuid() {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L; // version 4
        long low = (random.nextLong() >>> 2) | Long.MIN_VALUE; // the usual variant
        return new UUID(high, low);
    }

    String hex(int length) {
        StringBuilder hex = new StringBuilder();
        while (hex.length() < length) {
            hex.append(Character.forDigit(random.nextInt(16), 16));
        }
        return hex.toString();
    }

    private String code() {
        return subject.substring(0, 2).toUpperCase(Locale.ROOT) + number;
    }

    private Person newPerson() {
        String first = choose(FIRST_NAMES);
        String last = choose(LAST_NAMES);
        String ascii = first.replace('é', 'e').toLowerCase(Locale.ROOT);
        String username = ascii + "_" + last.toLowerCase(Locale.ROOT) + random.nextInt(1_000);
        return new Person(first + " " + last, username, username + "@example.org");
    }

    private String choose(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }
}
