package dev.carillon.events;

import dev.carillon.events.internal.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
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
    private final DataKeys keys;
    private final @Nullable String pythonPath;
    private final @Nullable String inProcessReason;
    private final List<TypeSerializer<?>> serializers;

    private Signal(
            String eventType,
            int minorVersion,
            Class<T> dataClass,
            DataKeys keys,
            @Nullable String pythonPath,
            @Nullable String inProcessReason,
            List<TypeSerializer<?>> serializers) {
        this.eventType = eventType;
        this.minorVersion = minorVersion;
        this.dataClass = dataClass;
        this.keys = keys;
        this.pythonPath = pythonPath;
        this.inProcessReason = inProcessReason;
        this.serializers = serializers;
    }

    /**
     * A signal with one data key, as all public Open edX events have.
     *
     * @param eventType the type on the wire, {@code org.openedx.<subdomain>.<subject>.<action>.v<major>} by convention
     * @param dataKey the name under which the data travel, for example {@code certificate}
     * @param dataClass a record, or any class for a signal that stays in process
     * @throws IllegalArgumentException when the event type or the key is blank, the event type contains whitespace or control
     *     characters, or the data class is primitive
     */
    public static <T> Signal<T> of(String eventType, String dataKey, Class<T> dataClass) {
        requireEventType(eventType);
        requireText("dataKey of " + eventType, dataKey);
        return new Signal<>(
                eventType, 0, dataClass, DataKeys.one(eventType, dataKey, dataClass), null, null, List.of());
    }

    /**
     * A signal with several data keys: each component of the record is one, named as on the wire (see
     * {@link WireName}). When an event is sent, none may be null unless marked {@link Nullable}.
     *
     * @throws IllegalArgumentException when the event type is blank or contains whitespace or control characters, the record has
     *     no components, or two of them have the same name
     */
    public static <T extends Record> Signal<T> ofKeys(String eventType, Class<T> keys) {
        requireEventType(eventType);
        return new Signal<>(eventType, 0, keys, DataKeys.componentsOf(eventType, keys), null, null, List.of());
    }

    /** This signal with another minor version (0 or more; 0 is the default). */
    public Signal<T> withMinorVersion(int minorVersion) {
        if (minorVersion < 0) {
            throw new IllegalArgumentException(
                    "minorVersion of " + eventType + " must be 0 or more, but was " + minorVersion);
        }
        return new Signal<>(eventType, minorVersion, dataClass, keys, pythonPath, inProcessReason, serializers);
    }

    /** This signal, also known by the Python path that Open edX plugins use, {@code openedx_events.….signals.NAME}. */
    public Signal<T> withPythonPath(String pythonPath) {
        requireText("pythonPath of " + eventType, pythonPath);
        return new Signal<>(eventType, minorVersion, dataClass, keys, pythonPath, inProcessReason, serializers);
    }

    /** This signal, restricted to this process. {@code reason} is reported on an attempt to publish it. */
    public Signal<T> inProcessOnly(String reason) {
        return new Signal<>(eventType, minorVersion, dataClass, keys, pythonPath, reason, serializers);
    }

    /**
     * This signal, whose data contain values of classes that have no wire format of their own, such as enums: these serializers write
     * them, in addition to those given before.
     *
     * @throws IllegalArgumentException when there are two for one class
     */
    public Signal<T> withSerializers(TypeSerializer<?>... added) {
        List<TypeSerializer<?>> all = new ArrayList<>(serializers);
        for (TypeSerializer<?> each : added) {
            if (all.stream().anyMatch(known -> known.type() == each.type())) {
                throw new IllegalArgumentException("Signal " + eventType + " has two serializers for "
                        + each.type().getName() + ": leave one out");
            }
            all.add(each);
        }
        return new Signal<>(eventType, minorVersion, dataClass, keys, pythonPath, inProcessReason, List.copyOf(all));
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
        return Optional.ofNullable(keys.only());
    }

    /** Every data key with its class, in wire order. Unmodifiable. */
    public Map<String, Class<?>> dataKeys() {
        return keys.types();
    }

    /** The Python path, {@code openedx_events.learning.signals.CERTIFICATE_CREATED}, where there is one. */
    public Optional<String> pythonPath() {
        return Optional.ofNullable(pythonPath);
    }

    /** Why this signal must stay off the event bus, or empty when it may go there. */
    public Optional<String> inProcessReason() {
        return Optional.ofNullable(inProcessReason);
    }

    /** The serializers of classes that have no wire format of their own. Unmodifiable. */
    public List<TypeSerializer<?>> serializers() {
        return serializers;
    }

    /** Throws {@link SenderValidationException} unless the data match. */
    void check(@Nullable Object data) {
        keys.check(this, data);
    }

    /** The error for two different signals with the same event type. */
    static IllegalArgumentException conflict(Signal<?> one, Signal<?> other) {
        return new IllegalArgumentException("Two different signals have the event type " + one.eventType + ": one with "
                + one.definition() + ", the other with " + other.definition());
    }

    private String definition() {
        StringJoiner keys = new StringJoiner(", ", "minor version " + minorVersion + " and the data ", "");
        dataKeys().forEach((key, type) -> keys.add("'" + key + "' of " + type.getName()));
        return keys.toString();
    }

    /** Two signals are equal when event type, minor version, data class and data key are. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Signal<?> that
                        && eventType.equals(that.eventType)
                        && minorVersion == that.minorVersion
                        && dataClass == that.dataClass
                        && Objects.equals(keys.only(), that.keys.only()));
    }

    @Override
    public int hashCode() {
        return eventType.hashCode();
    }

    @Override
    public String toString() {
        return "Signal[" + eventType + "]";
    }

    private static void requireEventType(String eventType) {
        requireText("eventType", eventType);
        if (eventType
                .codePoints()
                .anyMatch(each ->
                        Character.isWhitespace(each) || Character.isSpaceChar(each) || Character.isISOControl(each))) {
            throw new IllegalArgumentException("eventType must not contain whitespace or control characters, but is "
                    + Shown.quoted(eventType) + "; use a name such as org.example.library.book.lent.v1");
        }
    }

    private static String requireText(String what, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(what + " must not be blank");
        }
        return value;
    }
}
