package dev.carillon.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.credentials.Api.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The REST API as the LMS and other services call it, on each database. */
abstract class RestContract {

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final String CREDENTIALS = "/api/v2/credentials/";

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient database;

    private Records records;
    private Api lms;
    private String ada;
    private String physics;

    @BeforeEach
    void prepare() {
        int number = NUMBERS.incrementAndGet();
        records = new Records(database);
        lms = Api.staff(port);
        ada = "rest-ada" + number;
        physics = "course-v1:Example+RestPhysics%d+2026".formatted(number);
    }

    private Answer award(UUID program) {
        return lms.post(CREDENTIALS, """
                {"username": "%s", "lms_user_id": %d, "credential": {"type": "program", "program_uuid": "%s"}}
                """.formatted(ada, 5_000_000 + NUMBERS.incrementAndGet(), program));
    }

    private Answer awardCourse(String courseRun, String more) {
        return lms.post(CREDENTIALS, """
                {"username": "%s", "status": "awarded"%s,
                 "credential": {"type": "course-run", "course_run_key": "%s", "mode": "verified"}}
                """.formatted(ada, more, courseRun));
    }

    @Test
    void aProgramIsAwardedAndRevoked() {
        UUID program = records.program("Natural Sciences", physics);

        Answer awarded = award(program);
        Answer revoked = lms.post(CREDENTIALS, """
                {"username": "%s", "status": "revoked", "credential": {"type": "program", "program_uuid": "%s"}}
                """.formatted(ada, program));

        assertThat(awarded.status()).isEqualTo(201);
        assertThat(awarded.text("username")).isEqualTo(ada);
        assertThat(awarded.text("status")).isEqualTo("awarded");
        assertThat(awarded.text("credential", "type")).isEqualTo("program");
        assertThat(awarded.text("credential", "program_uuid")).isEqualTo(program.toString());
        assertThat(awarded.body().path("credential").path("credential_id").isIntegralNumber())
                .isTrue();
        assertThat(awarded.text("attributes")).isEqualTo("[]");
        assertThat(awarded.body().path("date_override").isNull()).isTrue();
        assertThat(awarded.text("created")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(awarded.text("certificate_url"))
                .isEqualTo("http://localhost:18150/credentials/"
                        + awarded.text("uuid").replace("-", "") + "/");
        assertThat(revoked.status()).isEqualTo(201);
        assertThat(revoked.text("uuid")).isEqualTo(awarded.text("uuid"));
        assertThat(revoked.text("status")).isEqualTo("revoked");
        assertThat(records.history(ada))
                .containsExactly("api: awarded, none to awarded", "api: revoked, awarded to revoked");
    }

    @Test
    void aProgramThatNobodyHasConfiguredIsAwardedAndInvisible() {
        UUID program = records.program("Pending");

        assertThat(award(program).status()).isEqualTo(201);

        assertThat(records.programStatus(ada, program)).containsExactly("awarded");
        Answer visible = lms.get(CREDENTIALS + "?username=" + ada + "&status=awarded&only_visible=True");
        assertThat(visible.text("count")).isEqualTo("0");
    }

    @Test
    void aCourseKeepsADateUntilACallWithoutIt() {
        Answer dated = awardCourse(physics, ", \"date_override\": {\"date\": \"2026-02-03T04:05:06Z\"}");
        assertThat(dated.text("date_override", "date")).isEqualTo("2026-02-03T04:05:06Z");
        assertThat(dated.text("credential", "mode")).isEqualTo("verified");

        assertThat(awardCourse(physics, "").body().path("date_override").isNull())
                .isTrue();
    }

    @Test
    void attributesAreKeptByName() {
        awardCourse(physics, ", \"attributes\": [{\"name\": \"visible_date\", \"value\": \"2026-01-01\"}]");
        Answer second =
                awardCourse(physics, ", \"attributes\": [{\"name\": \"visible_date\", \"value\": \"2026-01-02\"}]");

        assertThat(second.text("attributes")).isEqualTo("[{\"name\":\"visible_date\",\"value\":\"2026-01-02\"}]");
    }

    @Test
    void fortyFiveCredentialsAreThreePages() {
        for (int i = 0; i < 45; i++) {
            awardCourse(physics.replace("Physics", "Physics" + i + "of"), "");
        }

        Api learner = Api.learner(port, ada.toUpperCase(Locale.ROOT));
        assertThat(learner.get(CREDENTIALS + "?username=" + ada).status()).isEqualTo(200);
        List<String> found = new ArrayList<>();
        Answer page = Api.learner(port, ada)
                .get("//api/v2/credentials/?username=" + ada + "&status=awarded&only_visible=True&type=course-run");
        assertThat(page.text("count")).isEqualTo("45");
        assertThat(page.body().path("previous").isNull()).isTrue();
        while (true) {
            page.body()
                    .path("results")
                    .forEach(each -> found.add(each.path("uuid").stringValue()));
            if (page.body().path("next").isNull()) {
                break;
            }
            page = Api.learner(port, ada).get(page.text("next"));
            assertThat(page.status()).isEqualTo(200);
        }
        assertThat(found).hasSize(45).doesNotHaveDuplicates();
        assertThat(page.text("previous")).contains("page=2").contains("username=" + ada);
        assertThat(Api.learner(port, ada)
                        .get(CREDENTIALS + "?username=" + ada + "&page=4")
                        .status())
                .isEqualTo(404);
        assertThat(Api.learner(port, ada)
                        .get(CREDENTIALS + "?username=" + ada + "&page=x")
                        .text("detail"))
                .isEqualTo("Invalid page.");
    }

    @Test
    void aListByProgramHasItsCourses() {
        UUID program = records.program("Natural Sciences", physics);
        awardCourse(physics, "");
        award(program);
        awardCourse(physics.replace("Physics", "Other"), "");

        assertThat(lms.get(CREDENTIALS + "?username=" + ada + "&program_uuid=" + program)
                        .text("count"))
                .isEqualTo("2");
        assertThat(lms.get(CREDENTIALS + "?username=" + ada + "&type=program").text("count"))
                .isEqualTo("1");
        Answer malformed = lms.get(CREDENTIALS + "?username=" + ada + "&program_uuid=nonsense");
        assertThat(malformed.status()).isEqualTo(200);
        assertThat(malformed.text("count")).isEqualTo("0");
    }

    @Test
    void oneCredentialIsForStaffAndItsLearnerOnly() {
        String path = CREDENTIALS + awardCourse(physics, "").text("uuid") + "/";

        assertThat(lms.get(path).status()).isEqualTo(200);
        assertThat(Api.learner(port, ada).get(path).text("username")).isEqualTo(ada);
        Answer other = Api.learner(port, "grace").get(path);
        assertThat(other.status()).isEqualTo(403);
        assertThat(other.text("detail")).isEqualTo("You do not have permission to perform this action.");
        assertThat(lms.get(CREDENTIALS + UUID.randomUUID() + "/").status()).isEqualTo(404);
    }

    @Test
    void aCredentialIsChangedAndNeverDeleted() {
        String path = CREDENTIALS + awardCourse(physics, "").text("uuid") + "/";

        assertThat(lms.json("PATCH", path, "{\"status\": \"revoked\"}").text("status"))
                .isEqualTo("revoked");
        assertThat(lms.json("PUT", path, "{\"status\": \"awarded\"}").text("status"))
                .isEqualTo("awarded");
        Answer deleted = lms.json("DELETE", path, "");
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.text("status")).isEqualTo("revoked");
        assertThat(lms.json("PATCH", path, "{}").text("status")).isEqualTo("[\"This field is required.\"]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{} ~ {`username`:[`This field is required.`],`credential`:[`This field is required.`]}",
                "{`username`: `a`, `credential`: {}} ~ {`credential`:[`Credential identifier is missing.`]}",
                "{`username`: `a`, `credential`: 7} ~ {`credential`:[`Expected an object.`]}",
                "{`username`: null, `credential`: {`course_run_key`: `course-v1:a+b+c`, `mode`: `m`}}"
                        + " ~ {`username`:[`This field may not be null.`]}",
                "{`username`: `a`, `status`: `x`, `credential`: {`course_run_key`: `course-v1:a+b+c`, `mode`: `m`}}"
                        + " ~ {`status`:[`\\`x\\` is not a valid choice.`]}",
                "{`username`: `a`, `lms_user_id`: `x`, `credential`: {`course_run_key`: `course-v1:a+b+c`, `mode`: `m`}}"
                        + " ~ {`lms_user_id`:[`A valid integer is required.`]}",
                "{`username`: `a`, `credential`: {`course_run_key`: `course-v1:a+b+new`}}"
                        + " ~ {`credential`:{`mode`:`This field is required.`}}",
                "{`username`: `a`, `credential`: {`course_run_key`: `physics`, `mode`: `m`}}"
                        + " ~ {`credential`:{`course_run_key`:`\\`physics\\` is not the key of a course run, such as"
                        + " course-v1:Org+Course+Run.`}}",
                "{`username`: `a`, `credential`: {`program_uuid`: `00000000-0000-0000-0000-000000000009`}}"
                        + " ~ {`credential`:{`program_uuid`:`No active ProgramCertificate exists for program"
                        + " [00000000-0000-0000-0000-000000000009]`}}",
                "{`username`: `a`, `attributes`: [{`name`: `n`, `value`: `1`}, {`name`: `n`, `value`: `2`}],"
                        + " `credential`: {`course_run_key`: `course-v1:a+b+c`, `mode`: `m`}}"
                        + " ~ {`attributes`:[`Attribute names cannot be duplicated.`]}",
                "{`username`: `a`, `date_override`: {`date`: `soon`},"
                        + " `credential`: {`course_run_key`: `course-v1:a+b+c`, `mode`: `m`}}"
                        + " ~ {`date_override`:{`date`:[`Datetime has wrong format. Use one of these formats instead:"
                        + " YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].`]}}",
                "[] ~ {`non_field_errors`:[`Invalid data. Expected a dictionary.`]}"
            })
    void aWrongCallNamesTheFieldAndChangesNothing(String call, String expected) {
        Answer answer = lms.post(CREDENTIALS, quoted(call));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().toString()).isEqualTo(quoted(expected));
        assertThat(lms.get(CREDENTIALS + "?username=a").text("count")).isEqualTo("0");
    }

    private static String quoted(String text) {
        return text.replace('`', '"');
    }

    @Test
    void aBodyThatIsNoJsonIsRefused() {
        Answer answer = lms.post(CREDENTIALS, "{\"username\": ");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("detail")).startsWith("JSON parse error - ");
    }

    @Test
    void gradesComeAsForms() {
        String form =
                "username=%s&course_run=%s&letter_grade=B&percent_grade=0.85&verified=True&lms_last_updated_at=2026-02-03+04:05:06.123456+00:00"
                        .formatted(ada, physics.replace("+", "%2B"))
                        .replace("+00:00", "%2B00:00");
        Answer created = lms.form("/api/v2/grades/", form);
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text("percent_grade")).isEqualTo("0.8500");
        assertThat(created.text("letter_grade")).isEqualTo("B");
        assertThat(created.text("verified")).isEqualTo("true");

        Answer replaced =
                lms.form("/api/v2/grades", form.replace("letter_grade=B&percent_grade=0.85", "percent_grade=0.9"));
        assertThat(replaced.text("id")).isEqualTo(created.text("id"));
        assertThat(replaced.body().path("letter_grade").isNull()).isTrue();
        Answer patched = lms.json("PATCH", "/api/v2/grades/" + created.text("id") + "/", "{\"percent_grade\": \"1\"}");
        assertThat(patched.text("percent_grade")).isEqualTo("1.0000");
        assertThat(lms.form("/api/v2/grades/", form.replace("0.85", "much"))
                        .body()
                        .toString())
                .isEqualTo("{\"percent_grade\":[\"A valid number is required.\"]}");
    }

    @Test
    void theDateOfACourseDecidesWhenItsCredentialsAreVisible() {
        awardCourse(physics, "");
        String visible = CREDENTIALS + "?username=" + ada + "&only_visible=True";
        assertThat(lms.get(visible).text("count")).isEqualTo("1");

        String body =
                "{\"course_id\": \"%s\", \"certificate_type\": \"verified\", \"certificate_available_date\": %s, \"is_active\": true}";
        Answer dated = lms.post("/api/v2/course_certificates/", body.formatted(physics, "\"2099-01-01T00:00:00Z\""));
        assertThat(dated.status()).isEqualTo(201);
        assertThat(dated.text("certificate_available_date")).isEqualTo("2099-01-01T00:00:00Z");
        assertThat(lms.get(visible).text("count")).isEqualTo("0");

        Answer none = lms.post("/api/v2/course_certificates/", body.formatted(physics, "\"None\""));
        assertThat(none.status()).isEqualTo(201);
        assertThat(none.body().path("certificate_available_date").isNull()).isTrue();
        assertThat(lms.get(visible).text("count")).isEqualTo("1");
        assertThat(lms.get("/api/v2/course_certificates/" + physics + "/").text("certificate_type"))
                .isEqualTo("verified");
    }

    @Test
    void onlyTheWorkerReplacesUsernames() {
        awardCourse(physics, "");
        String mappings =
                "{\"username_mappings\": [{\"%s\": \"%s-new\"}, {\"unknown\": \"other\"}]}".formatted(ada, ada);

        assertThat(lms.post("/api/v2/replace_usernames/", mappings).status()).isEqualTo(403);
        Answer replaced = Api.learner(port, "username_worker").post("/api/v2/replace_usernames/", mappings);

        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.text("successful_replacements"))
                .isEqualTo("[{\"%s\":\"%s-new\"},{\"unknown\":\"other\"}]".formatted(ada, ada));
        assertThat(replaced.text("failed_replacements")).isEqualTo("[]");
        assertThat(lms.get(CREDENTIALS + "?username=" + ada + "-new").text("count"))
                .isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/", "/health"})
    void healthNeedsNoToken(String path) {
        assertThat(Api.anonymous(port).get(path).body().toString())
                .isEqualTo("{\"overall_status\":\"OK\",\"detailed_status\":{\"database_status\":\"OK\"}}");
    }

    @Test
    void anUnknownPathAndAWrongMethodSaySo() {
        assertThat(lms.get("/api/v2/nothing/").status()).isEqualTo(404);
        assertThat(lms.json("DELETE", CREDENTIALS, "").status()).isEqualTo(405);
    }
}
