package dev.carillon.testkit;

/**
 * AssertJ assertions on recorded events.
 *
 * <pre>{@code
 * import static dev.carillon.testkit.CarillonAssertions.assertThat;
 *
 * assertThat(recorder).published(CERTIFICATE_CREATED).once().withData(certificate);
 * assertThat(recorder).didNotPublish(CERTIFICATE_REVOKED);
 * assertThat(recorder).eventually().published(CERTIFICATE_CREATED);
 * }</pre>
 *
 * <p>Beside a static import of AssertJ's {@code Assertions.assertThat}, this one is found by the type of its argument.
 */
public final class CarillonAssertions {

    private CarillonAssertions() {}

    /** Assertions on what this recorder has recorded. */
    public static EventRecorderAssert assertThat(EventRecorder recorder) {
        return new EventRecorderAssert(recorder);
    }
}
