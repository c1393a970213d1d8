package dev.carillon.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finds a signal by its event type or its Python path. */
class SignalsTest {

    private static final Signal<String> CREATED = Signal.of(
                    "org.openedx.learning.certificate.created.v1", "certificate", String.class)
            .withPythonPath("openedx_events.learning.signals.CERTIFICATE_CREATED");
    private static final Signal<String> CHANGED = Signal.of(
                    "org.openedx.learning.certificate.changed.v1", "certificate", String.class)
            .withPythonPath("openedx_events.learning.signals.CERTIFICATE_CHANGED");
    private static final Signal<String> ENROLLED = Signal.of("com.acme.enrolled.v1", "enrollment", String.class);

    private final Signals signals = Signals.of(CREATED, CHANGED, ENROLLED);

    /** Found on a class path made by a test. */
    public static final class Provider implements SignalProvider {
        @Override
        public Collection<Signal<?>> signals() {
            return List.of(ENROLLED, CREATED);
        }
    }

    @Test
    void aSignalIsFoundByTypeAndByPath() {
        assertThat(signals.get("org.openedx.learning.certificate.created.v1")).isSameAs(CREATED);
        assertThat(signals.get("openedx_events.learning.signals.CERTIFICATE_CHANGED"))
                .isSameAs(CHANGED);
        assertThat(signals.find("com.acme.enrolled.v1")).contains(ENROLLED);
        assertThat(signals.find("com.acme.enrolled.v2")).isEmpty();
    }

    @Test
    void allSignalsComeInTheOrderGiven() {
        assertThat(signals).containsExactly(CREATED, CHANGED, ENROLLED);
        assertThat(signals.size()).isEqualTo(3);
        assertThat(signals.all()).isUnmodifiable();
    }

    @Test
    void theErrorForAnUnknownTypeSuggestsTheNearestOnes() {
        assertThatExceptionOfType(UnknownSignalException.class)
                .isThrownBy(() -> signals.get("org.openedx.learning.certificate.create.v1"))
                .withMessage(
                        "No signal has the event type or Python path 'org.openedx.learning.certificate.create.v1'. "
                                + "Did you mean 'org.openedx.learning.certificate.created.v1' or "
                                + "'org.openedx.learning.certificate.changed.v1'?")
                .satisfies(e -> assertThat(e.name()).isEqualTo("org.openedx.learning.certificate.create.v1"));
    }

    @Test
    void theErrorForAnUnknownPathSuggestsTheNearestOnes() {
        assertThatExceptionOfType(UnknownSignalException.class)
                .isThrownBy(() -> signals.get("openedx_events.learning.signals.CERTIFICATE_CREATD"))
                .withMessageContaining("Did you mean 'openedx_events.learning.signals.CERTIFICATE_CREATED'");
    }

    @Test
    void theErrorForANameThatIsNearToNothingSaysHowASignalBecomesKnown() {
        assertThatExceptionOfType(UnknownSignalException.class)
                .isThrownBy(() -> signals.get("xyz"))
                .withMessage("No signal has the event type or Python path 'xyz'. An event of your own is found if a"
                        + " SignalProvider on the class path lists its signal");
    }

    @Test
    void oneMoreSignalLeavesTheFirstSetAsItWas() {
        Signal<String> more = Signal.of("com.acme.more.v1", "more", String.class);

        assertThat(signals.and(more)).containsExactly(CREATED, CHANGED, ENROLLED, more);
        assertThat(signals.size()).isEqualTo(3);
    }

    @Test
    void equalDefinitionsOfOneTypeAreOneSignal() {
        assertThat(signals.and(Signal.of("com.acme.enrolled.v1", "enrollment", String.class)))
                .hasSize(3);
    }

    @Test
    void differentDefinitionsOfOneTypeAreRefusedWithTheirDifference() {
        Signal<Integer> other =
                Signal.of("com.acme.enrolled.v1", "seats", Integer.class).withMinorVersion(4);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> signals.and(other))
                .withMessage("Two different signals have the event type com.acme.enrolled.v1: "
                        + "one with minor version 0 and the data 'enrollment' of java.lang.String, "
                        + "the other with minor version 4 and the data 'seats' of java.lang.Integer");
    }

    @Test
    void twoTypesUnderOnePathAreRefused() {
        Signal<String> other = ENROLLED.withPythonPath("openedx_events.learning.signals.CERTIFICATE_CREATED");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Signals.of(CREATED, other))
                .withMessageContainingAll("CERTIFICATE_CREATED", CREATED.eventType(), ENROLLED.eventType());
    }

    @Test
    void providersOnTheClassPathAreDiscovered(@TempDir Path folder) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(SignalProvider.class.getName()), Provider.class.getName());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);

            assertThat(Signals.discovered()).containsExactly(ENROLLED, CREATED);
            assertThat(Events.create("lms").findSignal(CREATED.eventType())).isSameAs(CREATED);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
