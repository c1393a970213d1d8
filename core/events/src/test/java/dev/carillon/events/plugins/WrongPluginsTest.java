package dev.carillon.events.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import dev.carillon.events.Signals;
import dev.carillon.events.plugins.badges.Badge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All problems of plugins are reported at once, before anything is connected. */
class WrongPluginsTest {

    private static final Signal<Badge> EARNED =
            Signal.of("com.acme.badge.earned.v1", "badge", Badge.class).withPythonPath("acme.signals.BADGE_EARNED");

    private final Events events =
            Events.builder().serviceName("lms").signals(Signals.of(EARNED)).build();
    private PluginPath path;

    @BeforeEach
    void makeAClassPath(@TempDir Path folder) {
        path = new PluginPath(folder);
    }

    @AfterEach
    void close() throws IOException {
        path.close();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "awrd         | class dev.carillon.events.plugins.badges.Signals has no method 'awrd'. Did you mean 'award'?",
                "with_event   | class dev.carillon.events.plugins.badges.Signals has no method 'with_event'. Did you mean 'withEvent'",
                "toString     | class dev.carillon.events.plugins.badges.Signals has no method 'toString'",
                "hidden       | method hidden of dev.carillon.events.plugins.badges.Signals must be public",
                "wrong        | the parameters of wrong must be (Event<dev.carillon.events.plugins.badges.Badge>), (dev.carillon.events.plugins.badges.Badge) or (dev.carillon.events.plugins.badges.Badge, EventMetadata), but are (java.lang.String)",
                "wrongEvent   | but are (dev.carillon.events.Event<java.lang.String>)",
                "ambiguous    | several methods of dev.carillon.events.plugins.badges.Signals fit: ambiguous with the parameters (dev.carillon.events.Event<dev.carillon.events.plugins.badges.Badge>) and (dev.carillon.events.plugins.badges.Badge); give one another name",
            })
    void aMethodThatDoesNotFitIsReportedWithWhatWouldBeRight(String method, String problem) {
        String file = path.folder(yaml("signals", method, "com.acme.badge.earned.v1"));

        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith(file + ", lms.djangoapp, receiver 1 (" + method + "): ")
                .contains(problem);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "nowhere            | class dev.carillon.events.plugins.badges.Nowhere (made of 'name' and 'relative_path') is not on the class path",
                "hidden             | class dev.carillon.events.plugins.badges.Hidden must be public",
                "WithoutConstructor | method award of dev.carillon.events.plugins.badges.WithoutConstructor must be static, or its class have a public constructor without parameters",
                "abstract           | method award of dev.carillon.events.plugins.badges.Abstract must be static, or its class",
                "FailingConstructor | the constructor of dev.carillon.events.plugins.badges.FailingConstructor failed: java.lang.IllegalStateException: no templates",
                "FailingInitializer | class dev.carillon.events.plugins.badges.FailingInitializer cannot be used: java.lang.NumberFormatException",
                "RECEIVERS          | class dev.carillon.events.plugins.badges.RECEIVERS",
            })
    void aClassThatDoesNotFitIsReportedWithWhatWouldBeRight(String relativePath, String problem) {
        String file = path.folder(yaml(relativePath, "award", "com.acme.badge.earned.v1"));

        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith(file + ", lms.djangoapp, receiver 1 (award): ")
                .contains(problem);
    }

    @ParameterizedTest
    @CsvSource({
        "acme.signals.BADGE_ERNED, acme.signals.BADGE_EARNED",
        "com.acme.badge.earnd.v1, com.acme.badge.earned.v1"
    })
    void anUnknownSignalIsReportedWithTheNearest(String signal, String nearest) {
        path.folder(yaml("signals", "award", signal));

        assertThat(problems())
                .singleElement()
                .asString()
                .contains(
                        "'signal_path': No signal has the event type or Python path '" + signal + "'",
                        "Did you mean '" + nearest);
    }

    @Test
    void theClassIsCheckedAlsoWhenTheSignalIsUnknown() {
        path.folder(yaml("signals", "awrd", "com.acme.badge.earnd.v1"));

        assertThat(problems()).hasSize(2);
    }

    @ParameterizedTest(name = "{0} -> {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "name: dev.carillon.events.plugins.badges | title: badges | FILE: 'title' is no entry of this place; there are 'name', 'plugin_app', 'signals_config'",
                "name: dev.carillon.events.plugins.badges | title: badges | FILE: 'name' is missing; it is 'com.acme.badges', for example",
                "name: dev.carillon.events.plugins.badges | name: 7 | FILE: 'name' must be text, but is '7'",
                "name: dev.carillon.events.plugins.badges | name: acme-badges | FILE: 'name' must be names with dots between them, but is 'acme-badges'",
                "plugin_app: | plugin_apps: | FILE: 'plugin_apps' is no entry of this place. Did you mean 'plugin_app'?",
                "signals_config: | signal_config: | FILE, plugin_app: 'signal_config' is no entry of this place. Did you mean 'signals_config'",
                "relative_path: signals | relative_path: ../signals | FILE, lms.djangoapp: 'relative_path' must be names with dots between them, but is '../signals'",
                "relative_path: signals | relative_path: [signals] | FILE, lms.djangoapp: 'relative_path' must be text, but is a list",
                "relative_path: signals | path: signals | FILE, lms.djangoapp: 'path' is no entry of this place",
                "- receiver_func_name: award | - receiver_fun: award | FILE, lms.djangoapp, receiver 1: 'receiver_func_name' is missing; it is 'award', for example",
                "- receiver_func_name: award | - receiver_fun: award | FILE, lms.djangoapp, receiver 1: 'receiver_fun' is no entry of this place. Did you mean 'receiver_func_name'?",
                "signal_path: com.acme.badge.earned.v1 | signals_path: com.acme.badge.earned.v1 | FILE, lms.djangoapp, receiver 1 (award): 'signal_path' is missing; it is 'openedx_events.learning.signals.CERTIFICATE_CREATED', for example",
                "signal_path: com.acme.badge.earned.v1 | signal_path: {} | FILE, lms.djangoapp, receiver 1 (award): 'signal_path' must be text, but is a mapping",
                "dispatch_uid: acme.award | dispatch_uid: 42 | FILE, lms.djangoapp, receiver 1 (award): 'dispatch_uid' must be text, but is '42'",
                "dispatch_uid: acme.award | dispatch_uid: ' ' | FILE, lms.djangoapp, receiver 1 (award): 'dispatch_uid' must be text, but is ' '",
                "dispatch_uid: acme.award | dispatch_uid: \"two\\nlines\" | FILE, lms.djangoapp, receiver 1 (award): 'dispatch_uid' must have 1 to 300 characters, no blank at either end, and no line break, other control character or half of a surrogate pair, but is 'two\\u000alines'",
                "dispatch_uid: acme.award | sender_path: acme.models.Badge | FILE, lms.djangoapp, receiver 1 (award): 'sender_path' must not be there: events have no sender, so nothing would be heard",
                "lms.djangoapp: | lms.djangoapp: none⏎    cms.djangoapp: | FILE, lms.djangoapp: must be a mapping of names to values, but is 'none'",
                "receivers:⏎        | receivers: {}⏎      others:⏎        | FILE, lms.djangoapp: 'receivers' must be a list, but is a mapping",
            })
    void anEntryThatDoesNotFitIsReportedWithItsPlace(String part, String other, String problem) {
        String good = """
                name: dev.carillon.events.plugins.badges
                plugin_app:
                  signals_config:
                    lms.djangoapp:
                      relative_path: signals
                      receivers:
                        - receiver_func_name: award
                          signal_path: com.acme.badge.earned.v1
                          dispatch_uid: acme.award
                """;
        assertThat(good).contains(lines(part));
        String file = path.folder(good.replace(lines(part), lines(other)));

        assertThat(problems()).anyMatch(each -> each.startsWith(problem.replace("FILE", file)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                      | must be a mapping of names to values, but is empty",
                "[a, b]                  | must be a mapping of names to values, but is a list",
                "just text               | must be a mapping of names to values, but is 'just text'",
                "name: [                 | is not readable as YAML:",
                "name: a⏎name: b         | is not readable as YAML: found duplicate key name (line 2, column 1)",
                "name: a⏎---⏎name: b     | is not readable as YAML:",
                "name: !!java/object x   | is not readable as YAML:",
                "name: a␀               | is not readable as YAML:",
            })
    void aFileThatCannotBeReadIsReportedWithTheReason(String yaml, String problem) {
        String file = path.folder(lines(yaml));

        assertThat(problems()).singleElement().asString().startsWith(file + ": " + problem);
    }

    @Test
    void oneUidForTwoReceiversOfASignalIsRefused() {
        String first = path.folder(yaml("signals", "award", "acme.signals.BADGE_EARNED"));
        String second = path.jar(yaml("signals", "award", "com.acme.badge.earned.v1"));

        assertThat(problems())
                .containsExactly(second + ", lms.djangoapp, receiver 1 (award): dispatch_uid "
                        + "'dev.carillon.events.plugins.badges.Signals.award' is taken, for com.acme.badge.earned.v1, by "
                        + first + ", lms.djangoapp, receiver 1 (award)");
    }

    @Test
    void everythingThatIsWrongIsReportedAtOnceAndNothingIsConnected() {
        path.folder(yaml("signals", "award", "com.acme.badge.earned.v1"));
        String broken = path.folder("name: [");
        String wrong = path.jar("""
                name: dev.carillon.events.plugins.badges
                signals_config:
                  cms.djangoapp:
                    receivers:
                      - receiver_func_name: award
                  lms.djangoapp:
                    receivers:
                      - receiver_func_name: number
                        signal_path: com.acme.badge.earned.v1
                      - receiver_func_name: awrd
                        signal_path: com.acme.badge.earned.v1
                """);

        PluginException refused = refused();

        assertThat(refused.problems()).hasSize(3).isUnmodifiable();
        assertThat(refused.problems().get(0)).startsWith(broken + ": is not readable");
        assertThat(refused.problems().get(1))
                .startsWith(wrong + ", cms.djangoapp, receiver 1 (award): 'signal_path' is missing");
        assertThat(refused.problems().get(2)).startsWith(wrong + ", lms.djangoapp, receiver 2 (awrd): class");
        assertThat(refused)
                .hasMessageStartingWith("Plugins were not connected because of 3 problems:\n- ")
                .hasMessageContainingAll(refused.problems().toArray(CharSequence[]::new));
        assertThat(events.hasReceivers(EARNED)).isFalse();
    }

    @Test
    void nothingIsConnectedWhenAnObjectCannotBeMade() {
        path.folder(yaml("signals", "award", "com.acme.badge.earned.v1"));
        path.folder(yaml("FailingConstructor", "award", "com.acme.badge.earned.v1"));

        assertThat(problems()).hasSize(1);
        assertThat(events.hasReceivers(EARNED)).isFalse();
    }

    private List<String> problems() {
        return refused().problems();
    }

    private PluginException refused() {
        ClassLoader loader = path.loader();
        PluginException refused =
                catchThrowableOfType(PluginException.class, () -> Plugins.connect(events, "lms.djangoapp", loader));
        assertThat(refused).isNotNull();
        return refused;
    }

    /** The tables above hold no ends of lines and no null characters. */
    private static String lines(String text) {
        return text.replace('⏎', '\n').replace('␀', '\0');
    }

    private static String yaml(String relativePath, String method, String signal) {
        return """
                name: dev.carillon.events.plugins.badges
                signals_config:
                  lms.djangoapp:
                    relative_path: %s
                    receivers:
                      - receiver_func_name: %s
                        signal_path: %s
                """.formatted(relativePath, method, signal);
    }
}
