package dev.carillon.events;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The definition of one kind of event: its event type, its data keys and their classes.
 *
 * <p>A signal is a constant: immutable, stateless, safe to share. Receivers belong to {@link Events}.
 *
 * <pre>{@code
 * Signal<CertificateData> CERTIFICATE_CREATED =
 *         Signal.of("org.openedx.learning.certificate.created.v1", "certificate", CertificateData.class);
 * }</pre>
 *
 * @param <T> the event data: the data class of the one key, or a record whose components are the keys
 */
public final class Signal<T> {

    private final String eventType;
    private final int minorVersion;
    private final Class<T> dataClass;
    private final @Nullable String dataKey;
    private final Map<String, Class<?>> dataKeys;
    private final @Nullable String pythonPath;
    private final @Nullable String inProcessReason;

    private Signal(
            String eventType,
            int minorVersion,
            Class<T> dataClass,
            @Nullable String dataKey,
            Map<String, Class<?>> dataKeys,
            @Nullable String pythonPath,
            @Nullable String inProcessReason) {
        this.eventType = eventType;
        this.minorVersion = minorVersion;
        this.dataClass = dataClass;
        this.dataKey = dataKey;
        this.dataKeys = dataKeys;
        this.pythonPath = pythonPath;
        this.inProcessReason = inProcessReason;
    }

    /**
     * A signal with one data key, as all public Open edX events have.
     *
     * @param eventType the type on the wire, {@code org.openedx.<subdomain>.<subject>.<action>.v<major>} by convention
     * @param dataKey the name under which the data travel, for example {@code certificate}
     * @param dataClass a record, or any class for a signal that stays in process
     * @throws IllegalArgumentException when the event type or the key is blank
     */
    public static <T> Signal<T> of(String eventType, String dataKey, Class<T> dataClass) {
        requireText("dataKey of " + eventType, dataKey);
        return new Signal<>(
                requireText("eventType", eventType), 0, dataClass, dataKey, Map.of(dataKey, dataClass), null, null);
    }

    /**
     * A signal with several data keys: each component of the record is one, named as on the wire (see
     * {@link WireName}).
     *
     * @throws IllegalArgumentException when the event type is blank or the record has no components
     */
    public static <T extends Record> Signal<T> ofKeys(String eventType, Class<T> keys) {
        requireText("eventType", eventType);
        RecordComponent[] components = keys.getRecordComponents();
        if (components.length == 0) {
            throw new IllegalArgumentException("Signal " + eventType + ": record " + keys.getSimpleName()
                    + " has no components, but each data key must be one");
        }
        Map<String, Class<?>> dataKeys = new LinkedHashMap<>();
        Arrays.stream(components).forEach(component -> dataKeys.put(WireNames.of(component), component.getType()));
        return new Signal<>(eventType, 0, keys, null, dataKeys, null, null);
    }

    /** This signal with another minor version (0 or more; 0 is the default). */
    public Signal<T> withMinorVersion(int minorVersion) {
        if (minorVersion < 0) {
            throw new IllegalArgumentException(
                    "minorVersion of " + eventType + " must be 0 or more, but was " + minorVersion);
        }
        return new Signal<>(eventType, minorVersion, dataClass, dataKey, dataKeys, pythonPath, inProcessReason);
    }

    /** This signal, also known by the Python path that Open edX plugins use, {@code openedx_events.….signals.NAME}. */
    public Signal<T> withPythonPath(String pythonPath) {
        requireText("pythonPath of " + eventType, pythonPath);
        return new Signal<>(eventType, minorVersion, dataClass, dataKey, dataKeys, pythonPath, inProcessReason);
    }

    /** This signal, kept off the event bus. {@code reason} is told to whoever tries to publish it. */
    public Signal<T> inProcessOnly(String reason) {
        return new Signal<>(eventType, minorVersion, dataClass, dataKey, dataKeys, pythonPath, reason);
    }

    /** The event type on the wire, unique among the signals of a service. */
    public String eventType() {
        return eventType;
    }

    /** The minor version that the metadata of new events carry. */
    public int minorVersion() {
        return minorVersion;
    }

    /** The class of the event data. */
    public Class<T> dataClass() {
        return dataClass;
    }

    /** The one data key, or empty when the components of {@link #dataClass()} are the keys. */
    public Optional<String> dataKey() {
        return Optional.ofNullable(dataKey);
    }

    /** Every data key with its class, in wire order. Unmodifiable. */
    public Map<String, Class<?>> dataKeys() {
        return Collections.unmodifiableMap(dataKeys);
    }

    /** The Python path, {@code openedx_events.learning.signals.CERTIFICATE_CREATED}, where there is one. */
    public Optional<String> pythonPath() {
        return Optional.ofNullable(pythonPath);
    }

    /** Why this signal must stay off the event bus, or empty when it may go there. */
    public Optional<String> inProcessReason() {
        return Optional.ofNullable(inProcessReason);
    }

    /** Two signals are equal when event type, minor version, data class and data key are. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Signal<?> that
                        && eventType.equals(that.eventType)
                        && minorVersion == that.minorVersion
                        && dataClass == that.dataClass
                        && Objects.equals(dataKey, that.dataKey));
    }

    @Override
    public int hashCode() {
        return eventType.hashCode();
    }

    @Override
    public String toString() {
        return "Signal[" + eventType + "]";
    }

    private static String requireText(String what, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(what + " must not be blank");
        }
        return value;
    }
}
