package dev.carillon.credentials.rest;

import dev.carillon.credentials.credential.CredentialUrls;
import dev.carillon.credentials.internal.Times;
import dev.carillon.credentials.rest.CredentialItem.Attribute;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads credentials for the API. */
@Repository
class CredentialItems {

    private static final String FROM = """
            FROM credential
                JOIN learner ON learner.id = credential.learner_id
                LEFT JOIN course_certificate of_course ON of_course.id = credential.course_certificate_id
                LEFT JOIN course_run run ON run.id = of_course.course_run_id
                LEFT JOIN program_certificate of_program ON of_program.id = credential.program_certificate_id
                LEFT JOIN program ON program.id = of_program.program_id
            """;

    private static final String COLUMNS = """
            SELECT credential.id, credential.uuid, credential.status, credential.date_override, credential.created,
                credential.modified, learner.username, run.course_run_key, of_course.certificate_type,
                of_program.id AS program_certificate_id, program.uuid AS program_uuid
            """;

    private final JdbcClient database;
    private final CredentialUrls urls;
    private final Clock clock;

    CredentialItems(JdbcClient database, CredentialUrls urls, Clock clock) {
        this.database = database;
        this.urls = urls;
        this.clock = clock;
    }

    /** Which credentials a list has; what is null does not matter. */
    record Filter(
            @Nullable String username,
            @Nullable String status,
            @Nullable Boolean programs,
            @Nullable UUID programUuid,
            boolean onlyVisible) {}

    Optional<CredentialItem> find(UUID uuid) {
        return read(COLUMNS + FROM + "WHERE credential.uuid = ?", List.of(uuid)).stream()
                .findFirst();
    }

    long count(Filter filter) {
        Conditions conditions = conditions(filter);
        return database.sql("SELECT COUNT(*) " + FROM + conditions.where())
                .params(conditions.parameters())
                .query(Long.class)
                .single();
    }

    List<CredentialItem> list(Filter filter, int page) {
        Conditions conditions = conditions(filter);
        List<Object> parameters = new ArrayList<>(conditions.parameters());
        parameters.add(Page.SIZE);
        parameters.add((long) (page - 1) * Page.SIZE);
        return read(COLUMNS + FROM + conditions.where() + " ORDER BY credential.id LIMIT ? OFFSET ?", parameters);
    }

    private record Conditions(List<String> texts, List<Object> parameters) {

        void add(String text, Object... values) {
            texts.add(text);
            parameters.addAll(List.of(values));
        }

        String where() {
            return texts.isEmpty() ? "" : "WHERE " + String.join(" AND ", texts);
        }
    }

    private Conditions conditions(Filter filter) {
        Conditions conditions = new Conditions(new ArrayList<>(), new ArrayList<>());
        if (filter.username() != null) {
            conditions.add("learner.username = ?", filter.username());
        }
        if (filter.status() != null) {
            conditions.add("credential.status = ?", filter.status());
        }
        if (filter.programs() != null) {
            conditions.add(filter.programs() ? "of_program.id IS NOT NULL" : "of_course.id IS NOT NULL");
        }
        if (filter.programUuid() != null) {
            conditions.add("""
                    (program.uuid = ? OR of_course.course_run_id IN (
                        SELECT part.course_run_id FROM program_course_run part JOIN program whole ON whole.id = part.program_id
                        WHERE whole.uuid = ?))""", filter.programUuid(), filter.programUuid());
        }
        if (filter.onlyVisible()) {
            conditions.add(
                    "credential.visible_date <= ? AND COALESCE(of_course.is_active, of_program.is_active)",
                    Times.required(Times.now(clock)));
        }
        return conditions;
    }

    private List<CredentialItem> read(String query, List<Object> parameters) {
        List<Row> rows = database.sql(query)
                .params(parameters)
                .query((row, number) -> row(row))
                .list();
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<Long, List<Attribute>> attributes =
                attributes(rows.stream().map(Row::id).toList());
        return rows.stream()
                .map(row -> row.item(attributes.getOrDefault(row.id(), List.of()), urls))
                .toList();
    }

    private Map<Long, List<Attribute>> attributes(List<Long> credentials) {
        record Named(long credential, Attribute attribute) {}
        return database
                .sql("""
                        SELECT credential_id, name, attribute_value FROM credential_attribute
                        WHERE credential_id IN (:ids) ORDER BY name
                        """)
                .param("ids", credentials)
                .query((row, number) -> new Named(
                        row.getLong("credential_id"),
                        new Attribute(row.getString("name"), row.getString("attribute_value"))))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        Named::credential, Collectors.mapping(Named::attribute, Collectors.toList())));
    }

    private record Row(
            long id,
            UUID uuid,
            String username,
            Map<String, Object> credential,
            String status,
            @Nullable Instant dateOverride,
            Instant created,
            Instant modified) {

        CredentialItem item(List<Attribute> attributes, CredentialUrls urls) {
            return new CredentialItem(
                    username,
                    credential,
                    status,
                    uuid,
                    attributes,
                    dateOverride == null ? null : Map.of("date", text(dateOverride)),
                    text(created),
                    text(modified),
                    urls.page(uuid));
        }
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("id"),
                row.getObject("uuid", UUID.class),
                row.getString("username"),
                certificate(row),
                row.getString("status"),
                Times.nullable(row, "date_override"),
                Times.required(row, "created"),
                Times.required(row, "modified"));
    }

    private static Map<String, Object> certificate(ResultSet row) throws SQLException {
        Map<String, Object> certificate = new LinkedHashMap<>();
        UUID program = row.getObject("program_uuid", UUID.class);
        if (program == null) {
            certificate.put("type", CredentialsController.COURSE_RUN);
            certificate.put("course_run_key", row.getString("course_run_key"));
            certificate.put("mode", row.getString("certificate_type"));
        } else {
            certificate.put("type", CredentialsController.PROGRAM);
            certificate.put("credential_id", row.getLong("program_certificate_id"));
            certificate.put("program_uuid", program);
        }
        return certificate;
    }

    /** As the API writes times: to the second. */
    static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
