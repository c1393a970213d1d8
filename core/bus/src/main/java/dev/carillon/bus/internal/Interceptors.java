package dev.carillon.bus.internal;

import dev.carillon.bus.interceptor.EventInterceptor;
import dev.carillon.bus.interceptor.EventInterceptor.DeliveryAttempt;
import dev.carillon.bus.interceptor.EventInterceptor.DeliveryResult;
import dev.carillon.bus.interceptor.EventInterceptor.DeliveryScope;
import dev.carillon.bus.interceptor.EventInterceptor.OutgoingEvent;
import dev.carillon.bus.interceptor.EventInterceptor.Route;
import dev.carillon.bus.interceptor.EventInterceptor.SendScope;
import dev.carillon.bus.transport.Header;
import dev.carillon.bus.transport.OutgoingMessage;
import dev.carillon.bus.transport.SchemaFingerprint;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.internal.Shown;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All interceptors of a bus as one. What they throw is logged, once for each interceptor and call, and otherwise ignored. Thread-safe.
 */
public final class Interceptors implements EventInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(EventInterceptor.class);

    private final List<EventInterceptor> interceptors;
    private final String broker;
    private final Set<String> reported;

    public Interceptors(List<EventInterceptor> interceptors) {
        this(List.copyOf(interceptors), "", ConcurrentHashMap.newKeySet());
    }

    private Interceptors(List<EventInterceptor> interceptors, String broker, Set<String> reported) {
        this.interceptors = interceptors;
        this.broker = broker;
        this.reported = reported;
    }

    /** These interceptors, for the events of this broker. */
    public Interceptors on(String broker) {
        return new Interceptors(interceptors, broker, reported);
    }

    /** The short name of the broker. */
    public String broker() {
        return broker;
    }

    /** Whether there are none: then nothing needs to be prepared for them. */
    public boolean areAbsent() {
        return interceptors.isEmpty();
    }

    @Override
    public DeliveryScope delivering(DeliveryAttempt attempt) {
        DeliveryScope[] scopes = new DeliveryScope[interceptors.size()];
        for (int i = 0; i < scopes.length; i++) {
            scopes[i] = begin(interceptors.get(i), each -> each.delivering(attempt), DeliveryScope.NONE);
        }
        return new DeliveryScope() {
            @Override
            public void returned() {
                for (int i = scopes.length - 1; i >= 0; i--) {
                    call(scopes[i], "returned()", scopes[i]::returned);
                }
            }

            @Override
            public void ended(DeliveryResult result) {
                for (int i = scopes.length - 1; i >= 0; i--) {
                    DeliveryScope scope = scopes[i];
                    call(scope, "ended()", () -> scope.ended(result));
                }
            }
        };
    }

    @Override
    public SendScope sending(OutgoingEvent event) {
        SendScope[] scopes = new SendScope[interceptors.size()];
        for (int i = 0; i < scopes.length; i++) {
            scopes[i] = begin(interceptors.get(i), each -> each.sending(event), SendScope.NONE);
        }
        return new SendScope() {
            @Override
            public void ended(@Nullable Throwable failure) {
                for (int i = scopes.length - 1; i >= 0; i--) {
                    SendScope scope = scopes[i];
                    call(scope, "ended()", () -> scope.ended(failure));
                }
            }
        };
    }

    private <T> T begin(EventInterceptor interceptor, Function<EventInterceptor, T> begin, T none) {
        try {
            return begin.apply(interceptor);
        } catch (RuntimeException | Error e) {
            report(interceptor, "delivering() or sending()", e);
            return none;
        }
    }

    private void call(Object scope, String method, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            report(scope, method, e);
        }
    }

    /** The message of an exception may contain event data: only its class is logged. */
    private void report(Object thrower, String method, Throwable failure) {
        String what = thrower.getClass().getName() + "." + method;
        if (reported.add(what)) {
            LOG.error(
                    "{} failed with {}; further failures of it are not logged",
                    what,
                    failure.getClass().getName());
        }
    }

    /** One send, as interceptors see it: they add headers, and are notified of its end. Begun by one thread, ended by any. */
    public static final class ObservedSend implements OutgoingEvent {

        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,100}");
        private static final Pattern VALUE = Pattern.compile("[ -~]{0,8000}");
        /** The fields that a message has on some broker, besides those with a prefix. */
        private static final Set<String> TAKEN = Set.of(
                "type",
                "id",
                "source",
                "time",
                "minorversion",
                "sourcehost",
                "sourcelib",
                "event_data",
                SchemaFingerprint.HEADER,
                "content-type");

        private final String broker;
        private final EventMetadata metadata;
        private final String topic;
        private final Route route;
        private final Map<String, String> headers;
        private final SendScope scope;

        private ObservedSend(
                Interceptors interceptors,
                EventMetadata metadata,
                String topic,
                Route route,
                Map<String, String> headers) {
            this.broker = interceptors.broker();
            this.metadata = metadata;
            this.topic = topic;
            this.route = route;
            this.headers = new LinkedHashMap<>(headers);
            this.scope = interceptors.areAbsent() ? SendScope.NONE : interceptors.sending(this);
        }

        /**
         * Begins a send; null when there is nobody to notify and no header to add.
         *
         * @param headers those that the event was stored with
         */
        public static @Nullable ObservedSend begin(
                Interceptors interceptors,
                EventMetadata metadata,
                String topic,
                Route route,
                Map<String, String> headers) {
            return interceptors.areAbsent() && headers.isEmpty()
                    ? null
                    : new ObservedSend(interceptors, metadata, topic, route, headers);
        }

        @Override
        public EventMetadata metadata() {
            return metadata;
        }

        @Override
        public String broker() {
            return broker;
        }

        @Override
        public String topic() {
            return topic;
        }

        @Override
        public Route route() {
            return route;
        }

        @Override
        public @Nullable String header(String name) {
            return headers.get(name);
        }

        @Override
        public void setHeader(String name, String value) {
            if (!NAME.matcher(name).matches()
                    || name.startsWith("ce_")
                    || name.startsWith("carillon-")
                    || TAKEN.contains(name)) {
                throw new IllegalArgumentException(
                        "The name of a header must have up to 100 letters, digits, - or _, must not"
                                + " begin with ce_ or carillon-, and must not be that of a metadata field, but is "
                                + Shown.quoted(name));
            }
            if (!VALUE.matcher(value).matches()) {
                throw new IllegalArgumentException(
                        "The value of header '" + name + "' must be printable ASCII of at most 8000 characters");
            }
            headers.put(name, value);
        }

        /** The headers so far. Unmodifiable. */
        public Map<String, String> headers() {
            return Collections.unmodifiableMap(headers);
        }

        /** The message with the headers behind its own. */
        public OutgoingMessage addTo(OutgoingMessage message) {
            if (headers.isEmpty()) {
                return message;
            }
            List<Header> all = new ArrayList<>(message.headers());
            headers.forEach((name, value) -> all.add(Header.of(name, value)));
            return new OutgoingMessage(
                    message.topic(),
                    message.eventType(),
                    all,
                    message.key(),
                    message.data(),
                    message.schemaText(),
                    message.schemaFingerprint());
        }

        /** Notifies interceptors of how the send ended. */
        public void ended(@Nullable Throwable failure) {
            scope.ended(failure);
        }
    }
}
