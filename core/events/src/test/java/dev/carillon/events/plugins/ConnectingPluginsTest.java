package dev.carillon.events.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carillon.events.Event;
import dev.carillon.events.Events;
import dev.carillon.events.Response;
import dev.carillon.events.Signal;
import dev.carillon.events.Signals;
import dev.carillon.events.Subscription;
import dev.carillon.events.plugins.badges.Badge;
import dev.carillon.testing.CapturedLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Receivers that jars declare hear events like any others. */
class ConnectingPluginsTest {

    private static final Signal<Badge> EARNED =
            Signal.of("com.acme.badge.earned.v1", "badge", Badge.class).withPythonPath("acme.signals.BADGE_EARNED");
    private static final Signal<Badge> LOST = Signal.of("com.acme.badge.lost.v1", "badge", Badge.class);

    private final CapturedLog log = new CapturedLog();
    private final Events events = Events.builder()
            .serviceName("lms")
            .signals(Signals.of(EARNED, LOST))
            .build();
    private PluginPath path;

    @BeforeEach
    void makeAClassPath(@TempDir Path folder) {
        path = new PluginPath(folder);
    }

    @AfterEach
    void close() throws IOException {
        path.close();
        log.close();
    }

    @Test
    void aReceiverIsConnectedToTheSignalThatItsFileNames() {
        path.folder("""
                name: dev.carillon.events.plugins.badges
                plugin_app:
                  signals_config:
                    lms.djangoapp:
                      relative_path: signals
                      receivers:
                        - receiver_func_name: award
                          signal_path: acme.signals.BADGE_EARNED
                          dispatch_uid: acme.award
                        - receiver_func_name: number
                          signal_path: com.acme.badge.lost.v1
                """);

        List<Subscription> subscriptions = Plugins.connect(events, "lms.djangoapp", path.loader());

        assertThat(subscriptions)
                .extracting(Subscription::receiverName)
                .containsExactly("acme.award", "dev.carillon.events.plugins.badges.Signals.number");
        assertThat(subscriptions).isUnmodifiable();
        assertThat(responsesTo(EARNED)).containsExactly("award alice");
        assertThat(responsesTo(LOST)).containsExactly(3);
        assertThat(log.messages(Level.INFO))
                .containsExactly(
                        "Plugin receiver acme.award hears com.acme.badge.earned.v1 (lms.djangoapp)",
                        "Plugin receiver dev.carillon.events.plugins.badges.Signals.number hears com.acme.badge.lost.v1 "
                                + "(lms.djangoapp)");
    }

    @ParameterizedTest
    @CsvSource({
        "award, award alice",
        "withEvent, event alice false",
        "withAnyEvent, any event 3",
        "generic, generic 3",
        "rawEvent, 'raw Badge[learner=alice, level=3]'",
        "withMetadata, metadata alice com.acme.badge.earned.v1",
        "withInterface, interface 3",
        "overloaded, badge",
        "number, 3",
        "count, 1",
        "silent,",
    })
    void aMethodTakesTheEventOrTheDataOrTheDataAndTheMetadata(String method, @Nullable String response) {
        path.folder(receivers(method));

        Plugins.connect(events, "lms.djangoapp", path.loader());

        List<Response> responses = events.send(EARNED, new Badge("alice", 3)).responses();
        assertThat(responses).singleElement().satisfies(each -> {
            assertThat(each.failure()).isNull();
            assertThat(each.value() == null ? null : each.value().toString()).isEqualTo(response);
        });
    }

    @Test
    void whatAMethodThrowsIsItsFailure() {
        path.folder(receivers("failing"));
        Plugins.connect(events, "lms.djangoapp", path.loader());

        List<Response> failures = events.send(EARNED, new Badge("alice", 3)).failures();

        assertThat(failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure.failure())
                        .isInstanceOf(IOException.class)
                        .hasMessage("no badge for alice"));
        assertThat(log.errors()).singleElement().asString().contains("badges.Signals.failing");
    }

    @Test
    void methodsOfOneClassShareOneObject() {
        path.folder(receivers("count", "countAgain"));
        Plugins.connect(events, "lms.djangoapp", path.loader());

        assertThat(responsesTo(EARNED)).containsExactly(1, 2);
        assertThat(responsesTo(EARNED)).containsExactly(3, 4);
    }

    @Test
    void theWrapperThatDjangoHasMayBeLeftOut() {
        path.folder("""
                name: dev.carillon.events.plugins.badges
                signals_config:
                  lms.djangoapp:
                    receivers: [{receiver_func_name: award, signal_path: com.acme.badge.earned.v1}]
                """);

        Plugins.connect(events, "lms.djangoapp", path.loader());

        assertThat(responsesTo(EARNED)).containsExactly("award alice");
    }

    @ParameterizedTest
    @CsvSource({"mail.badge_mails", "mail.badgeMails", "mail.BadgeMails"})
    void theRelativePathLeadsToSubPackagesAndClasses(String relativePath) {
        path.folder("""
                name: dev.carillon.events.plugins.badges
                signals_config:
                  lms.djangoapp:
                    relative_path: %s
                    receivers: [{receiver_func_name: send, signal_path: com.acme.badge.earned.v1}]
                """.formatted(relativePath));

        List<Subscription> subscriptions = Plugins.connect(events, "lms.djangoapp", path.loader());

        assertThat(subscriptions)
                .extracting(Subscription::receiverName)
                .containsExactly("dev.carillon.events.plugins.badges.mail.BadgeMails.send");
        assertThat(responsesTo(EARNED)).containsExactly("mail alice");
    }

    @Test
    void allFilesAreReadInTheOrderOfTheClassPath() {
        path.jar(receivers("number"));
        path.folder(receivers("award"));
        path.jar(receivers("withInterface"));

        Plugins.connect(events, "lms.djangoapp", path.loader());

        assertThat(responsesTo(EARNED)).containsExactly(3, "award alice", "interface 3");
    }

    @Test
    void aFileSeenThroughTwoClassLoadersIsReadOnce() throws IOException {
        path.folder(receivers("award"));
        ClassLoader parent = path.loader();
        try (var child = new java.net.URLClassLoader(((java.net.URLClassLoader) parent).getURLs(), parent)) {
            assertThat(Plugins.connect(events, "lms.djangoapp", child)).hasSize(1);
        }
    }

    @Test
    void receiversOfOtherServicesAreNotTouched() {
        path.folder("""
                name: com.acme.not_here
                signals_config:
                  cms.djangoapp:
                    receivers: [{receiver_func_name: award, signal_path: com.acme.of.another.service.v1}]
                  lms.djangoapp:
                  discovery: {}
                """);
        path.folder(receivers("award"));

        assertThat(Plugins.connect(events, "lms.djangoapp", path.loader())).hasSize(1);
        assertThat(Plugins.connect(events, "discovery", path.loader())).isEmpty();
        assertThat(Plugins.connect(events, "credentials", path.loader())).isEmpty();
    }

    @Test
    void theOtherPartsOfADjangoPluginAreForDjango() {
        path.folder("""
                name: dev.carillon.events.plugins.badges
                plugin_app:
                  url_config: {lms.djangoapp: {namespace: badges}}
                  settings_config: {}
                  view_context_config: {}
                """);

        assertThat(Plugins.connect(events, "lms.djangoapp", path.loader())).isEmpty();
    }

    @Test
    void connectingAgainChangesNothing() {
        path.folder(receivers("award"));

        List<Subscription> first = Plugins.connect(events, "lms.djangoapp", path.loader());
        List<Subscription> second = Plugins.connect(events, "lms.djangoapp", path.loader());

        assertThat(second).containsExactlyElementsOf(first);
        assertThat(responsesTo(EARNED)).hasSize(1);
    }

    @Test
    void aConnectedReceiverCanBeDisconnectedByItsUid() {
        path.folder(receivers("award", "number"));
        Plugins.connect(events, "lms.djangoapp", path.loader());

        events.disconnect(EARNED, "dev.carillon.events.plugins.badges.Signals.award");

        assertThat(responsesTo(EARNED)).containsExactly(3);
    }

    @Test
    void aSignalThatTheServiceMerelyUsesIsFoundToo() {
        Signal<Badge> own = Signal.of("com.acme.own.v1", "badge", Badge.class).withPythonPath("acme.signals.OWN");
        events.connect(own, event -> {});
        path.folder(receivers("award").replace("com.acme.badge.earned.v1", "acme.signals.OWN"));

        Plugins.connect(events, "lms.djangoapp", path.loader());

        assertThat(responsesTo(own)).contains("award alice");
    }

    @Test
    void withoutAClassPathGivenThatOfTheThreadIsSearched() {
        path.folder(receivers("award"));
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(path.loader());
        try {
            assertThat(Plugins.connect(events, "lms.djangoapp")).hasSize(1);
        } finally {
            thread.setContextClassLoader(before);
        }
        assertThat(Plugins.connect(events, "lms.djangoapp")).isEmpty();
    }

    @Test
    void aReceiverWhoseConstructorTakesTheEventsCanSend() {
        List<Event<Badge>> sent = new ArrayList<>();
        events.connect(LOST, sent::add);
        path.folder(receivers("award").replace("    receivers:", "    relative_path: sending\n    receivers:"));

        Plugins.connect(events, "lms.djangoapp", path.loader());

        assertThat(responsesTo(EARNED)).containsExactly("alice");
        assertThat(sent).hasSize(1);
    }

    @Test
    void theServiceTypesAreThoseOfAllDeclarations() {
        path.folder(receivers("award"));
        path.jar(receivers("award").replace("lms.djangoapp", "cms.djangoapp"));

        assertThat(Plugins.serviceTypes(path.loader())).contains("lms.djangoapp", "cms.djangoapp");
        assertThat(events.receivers(EARNED)).isEmpty();
    }

    @Test
    void aServiceTypeThatSaysNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Plugins.connect(events, " "))
                .withMessageContaining("'lms.djangoapp'");
    }

    private List<@Nullable Object> responsesTo(Signal<Badge> signal) {
        return events.send(signal, new Badge("alice", 3)).responses().stream()
                .<@Nullable Object>map(Response::value)
                .toList();
    }

    private static String receivers(String... methods) {
        StringBuilder yaml = new StringBuilder("""
                name: dev.carillon.events.plugins.badges
                signals_config:
                  lms.djangoapp:
                    receivers:
                """);
        for (String method : methods) {
            yaml.append("      - {receiver_func_name: ")
                    .append(method)
                    .append(", signal_path: com.acme.badge.earned.v1}\n");
        }
        return yaml.toString();
    }
}
