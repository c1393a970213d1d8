package dev.carillon.cli;

import static dev.carillon.cli.Cli.carillon;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.cli.Cli.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventsCommandTest {

    private static final String CREATED = "org.openedx.learning.certificate.created.v1";
    private static final String CREATED_PATH = "openedx_events.learning.signals.CERTIFICATE_CREATED";
    private static final String IN_PROCESS = "org.openedx.learning.external_grader.score.submitted.v1";

    @Test
    void theListContainsTheWholeCatalog() {
        Result result = carillon("events", "list", "--json").run();

        assertThat(result.json())
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(Conformance.catalog().stream()
                        .map(event -> Conformance.only(
                                event, "event_type", "signal_path", "minor_version", "data", "event_bus"))
                        .toList());
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void theTextListIsGroupedAsInPython() {
        List<String> lines = carillon("events", "list", "certificate").run().lines();

        assertThat(lines.get(0)).isEqualTo("openedx_events.learning.signals");
        assertThat(lines)
                .filteredOn(line -> line.contains(" " + CREATED + " "))
                .singleElement()
                .asString()
                .matches("  " + CREATED.replace(".", "\\.") + " +CERTIFICATE_CREATED +certificate +event bus");
        assertThat(lines)
                .filteredOn(line -> line.contains("certificate_config.changed"))
                .singleElement()
                .asString()
                .endsWith("  in process");
        assertThat(lines).contains("openedx_events.content_authoring.signals");
    }

    @Test
    void theListIsFilteredByTypePathAndDataKeyIgnoringCase() {
        assertThat(listed("TRACKING")).containsExactly("org.openedx.analytics.tracking.event.emitted.v1");
        assertThat(listed("authz.signals.")).hasSize(2);
        assertThat(listed("tracking_log")).hasSize(1);
    }

    private static List<String> listed(String filter) {
        return carillon("events", "list", "--json", filter).run().json().stream()
                .map(event -> event.get("event_type").asText())
                .toList();
    }

    @Test
    void anEmptyListIsAFailure() {
        Result result = carillon("events", "list", "no-such-text").run();

        assertThat(result)
                .isEqualTo(new Result(1, "", "carillon: No event has 'no-such-text' in its type, path or data key\n"));
    }

    @Test
    void headingsAreBoldOnATerminalOnly() {
        assertThat(carillon("events", "list").onTerminal().run().out()).startsWith("\u001b[1mopenedx_events");
        assertThat(carillon("events", "list").run().out()).doesNotContain("\u001b");
        assertThat(carillon("events", "list")
                        .onTerminal()
                        .with("NO_COLOR", "1")
                        .run()
                        .out())
                .doesNotContain("\u001b");
        assertThat(carillon("events", "list")
                        .onTerminal()
                        .with("TERM", "dumb")
                        .run()
                        .out())
                .doesNotContain("\u001b");
        assertThat(carillon("events", "list", "--json").onTerminal().run().out())
                .doesNotContain("\u001b");
    }

    @Test
    void anEventIsShownWithItsFields() {
        Result result = carillon("events", "show", CREATED_PATH).run();

        assertThat(result.lines())
                .contains(
                        CREATED,
                        "  Python         " + CREATED_PATH,
                        "  Java           dev.carillon.catalog.learning.CertificateData",
                        "  Travels        in process, and over the event bus",
                        "  certificate        CertificateData",
                        "    user             UserData",
                        "        username     text              personal data",
                        "      course_key     course key",
                        "      start          time              may be null",
                        "    previous_status  text              default: empty text");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void anInProcessEventShowsTheReason() {
        assertThat(carillon("events", "show", IN_PROCESS).run().out()).contains("in process only: ");
    }

    @Test
    void anEventIsShownAsJson() {
        JsonNode shown =
                carillon("events", "show", "--json", CREATED).run().json().get(0);

        assertThat(shown.get("event_type").asText()).isEqualTo(CREATED);
        assertThat(shown.get("data_class").asText()).isEqualTo("dev.carillon.catalog.learning.CertificateData");
        assertThat(shown.get("fields"))
                .contains(
                        Conformance.parse(
                                "{\"path\": \"certificate.user.pii.email\", \"type\": \"text\", \"nullable\": false,"
                                        + " \"default\": null, \"personal\": true}"),
                        Conformance.parse(
                                "{\"path\": \"certificate.course.end\", \"type\": \"time\", \"nullable\": true,"
                                        + " \"default\": null, \"personal\": false}"));
    }

    @Test
    void fieldsInsideListsAreShown() {
        assertThat(carillon("events", "show", "--json", "org.openedx.learning.discussions.configuration.changed.v1")
                        .run()
                        .json()
                        .get(0)
                        .get("fields"))
                .extracting(field ->
                        field.get("path").asText() + ": " + field.get("type").asText())
                .contains(
                        "configuration.plugin_configuration: map of true or false",
                        "configuration.contexts: list of DiscussionTopicContext",
                        "configuration.contexts[].usage_key: usage key");
    }

    @Test
    void everyEventCanBeShown() {
        Conformance.catalog()
                .forEach(event -> assertThat(carillon(
                                        "events",
                                        "show",
                                        event.get("event_type").asText())
                                .run()
                                .exitCode())
                        .isZero());
    }

    @Test
    void everySchemaIsPrintedAsItIsRegistered() {
        List<JsonNode> onTheBus = Conformance.catalog().stream()
                .filter(event -> event.get("event_bus").asBoolean())
                .toList();

        assertThat(onTheBus)
                .isNotEmpty()
                .allSatisfy(event -> assertThat(carillon(
                                        "events",
                                        "schema",
                                        event.get("event_type").asText())
                                .run())
                        .isEqualTo(new Result(0, event.get("schema").asText() + "\n", "")));
    }

    @Test
    void anUnknownEventIsWrongUsageAndSuggestsTheNearestName() {
        for (String command : List.of("show", "schema")) {
            Result result = carillon("events", command, CREATED.replace("created", "craeted"))
                    .run();

            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.out()).isEmpty();
            assertThat(result.err())
                    .startsWith("carillon: ")
                    .contains("'org.openedx.learning.certificate.craeted.v1'", "Did you mean '" + CREATED + "'")
                    .hasLineCount(1);
        }
    }
}
