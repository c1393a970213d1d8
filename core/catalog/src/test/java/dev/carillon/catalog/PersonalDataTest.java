package dev.carillon.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.catalog.Conformance.PythonClass;
import dev.carillon.events.Masked;
import dev.carillon.events.Pii;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PersonalDataTest {

    private static final Map<String, List<String>> MARKED = Map.ofEntries(
            Map.entry("learning.UserPersonalData", List.of("username", "email", "name")),
            Map.entry("learning.CcxCourseData", List.of("coach_email")),
            Map.entry("learning.CertificateData", List.of("download_url", "name")),
            Map.entry("learning.ProgramCertificateData", List.of("url")),
            Map.entry("learning.UserNotificationData", List.of("context")),
            Map.entry("learning.CourseNotificationData", List.of("content_context")),
            Map.entry("learning.DiscussionThreadData", List.of("body", "title")),
            Map.entry("learning.ORASubmissionAnswer", List.of("parts", "file_descriptions", "file_names", "file_urls")),
            Map.entry("learning.VerificationAttemptData", List.of("name")),
            Map.entry("learning.ExternalGraderScoreData", List.of("score_msg")),
            Map.entry("learning.LtiProviderLaunchParamsData", List.of("user_id", "extra_params")),
            Map.entry("authoring.CertificateSignatoryData", List.of("image", "name")),
            Map.entry("analytics.TrackingLogData", List.of("data", "context")),
            Map.entry("authz.RoleAssignmentData", List.of("subject")));

    static Stream<PythonClass> dataClasses() {
        return Conformance.dataClasses();
    }

    @ParameterizedTest
    @MethodSource("dataClasses")
    void isMarkedWhereItIdentifiesAPerson(PythonClass dataClass) {
        String name = dataClass.javaRecord().getName().substring("dev.carillon.catalog.".length());

        assertThat(Masked.names(dataClass.javaRecord())).isEqualTo(MARKED.getOrDefault(name, List.of()));
    }

    @Test
    void isMarkedInClassesThatExist() {
        assertThat(dataClasses()
                        .map(dataClass -> dataClass.javaRecord().getName().substring("dev.carillon.catalog.".length())))
                .containsAll(MARKED.keySet());
    }

    @ParameterizedTest
    @MethodSource("dataClasses")
    void isNeverInTheTextOfARecord(PythonClass dataClass) {
        Record made = new Samples().instance(dataClass.javaRecord());
        String text = made.toString();

        texts(made, true).forEach(personal -> assertThat(text).doesNotContain(personal));
        texts(made, false).forEach(shown -> assertThat(text).contains(shown));
        assertThat(text).startsWith(dataClass.javaRecord().getSimpleName() + "[");
    }

    /** The strings in a record and those within it, in the components that are marked or in the others. */
    private static Stream<String> texts(Record data, boolean marked) {
        return Stream.of(data.getClass().getRecordComponents()).flatMap(component -> {
            Object value = read(data, component);
            if (value instanceof Record || isListOfRecords(value)) {
                return Stream.of(value)
                        .flatMap(one -> one instanceof Collection<?> many ? many.stream() : Stream.of(one))
                        .flatMap(nested -> texts((Record) nested, marked));
            }
            return component.isAnnotationPresent(Pii.class) == marked ? strings(value) : Stream.empty();
        });
    }

    private static boolean isListOfRecords(Object value) {
        return value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Record;
    }

    private static Stream<String> strings(Object value) {
        if (value instanceof Collection<?> list) {
            return list.stream().flatMap(PersonalDataTest::strings);
        }
        if (value instanceof Map<?, ?> map) {
            return Stream.concat(strings(map.keySet()), strings(map.values()));
        }
        return value instanceof String text ? Stream.of(text) : Stream.empty();
    }

    private static Object read(Record data, RecordComponent component) {
        try {
            return component.getAccessor().invoke(data);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
