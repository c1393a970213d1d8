package dev.carillon.bus.kafka.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.avro.EventSchema;
import dev.carillon.bus.transport.UnpublishableException;
import dev.carillon.bus.transport.WriterSchema;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The schema registry. Each schema and id is requested once, however many threads need it, and cached forever, so that events flow
 * while the registry is unavailable. Methods block until a schema that is not cached is loaded. Thread-safe.
 */
public final class SchemaRegistry implements AutoCloseable {

    /** How long it is cached that an id has no usable schema. */
    private static final Duration UNRESOLVABLE_TTL = Duration.ofMinutes(1);

    /** How long other failures are cached, so that an unavailable registry is not flooded with requests. */
    private static final Duration FAILURE_TTL = Duration.ofSeconds(1);

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    /** The error code for an unknown schema id. */
    private static final int SCHEMA_NOT_FOUND = 40_403;

    /** Client errors that are about the caller or the connection, and not about the requested schema. */
    private static final Set<Integer> CALLER_ERRORS = Set.of(401, 403, 407, 408, 421, 426, 429, 431, 451);

    private static final String WRONG_BASE =
            " (EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL must be the base of the registry's API, such as"
                    + " http://host:8081 or http://host/apis/ccompat/v7)";

    private final RegistryHttpClient http;
    private final SingleFlightCache<Registration, Integer> ids;
    private final SingleFlightCache<String, Integer> firstIds;
    private final SingleFlightCache<Integer, WriterSchema> schemas;

    private record Registration(String subject, String text) {}

    /**
     * How a schema compares with the latest one of a subject.
     *
     * @param isAccepted whether the registry would register it, by the compatibility level of the subject
     * @param differences the fields that make the two incompatible; empty if there are none
     */
    public record Compatibility(boolean isAccepted, String differences) {}

    /**
     * Sends no request.
     *
     * @param tls null for the JVM's default
     * @param timeout of one request, with its retries
     */
    public SchemaRegistry(RegistryAddress address, @Nullable SSLContext tls, Duration timeout) {
        this(address, tls, timeout, System::nanoTime);
    }

    SchemaRegistry(RegistryAddress address, @Nullable SSLContext tls, Duration timeout, LongSupplier nanoTime) {
        this.http = new RegistryHttpClient(address, tls, timeout);
        this.ids = new SingleFlightCache<>(failure -> FAILURE_TTL, nanoTime);
        this.firstIds = new SingleFlightCache<>(failure -> FAILURE_TTL, nanoTime);
        this.schemas = new SingleFlightCache<>(
                failure -> failure instanceof UnresolvableSchemaException ? UNRESOLVABLE_TTL : FAILURE_TTL, nanoTime);
    }

    /**
     * The id of a schema under a subject. Registers the schema, with exactly this text, if the subject does not have it.
     *
     * @throws RegistryException if the registry is unavailable, or rejects the request
     * @throws UnpublishableException if it rejects the schema as incompatible with the latest one
     */
    public int idOf(String subject, String schemaText) {
        return ids.get(new Registration(subject, schemaText), this::register);
    }

    private int register(Registration registration) {
        String action = "register the schema of subject " + registration.subject();
        String path = "/subjects/" + RegistryHttpClient.encoded(registration.subject()) + "/versions";
        RegistryHttpClient.Response response = http.request(action, path, http.body("schema", registration.text()));
        if (response.status() == CONFLICT) {
            RegistryException rejection = rejected(
                    action,
                    "409, it is incompatible with the latest: " + differences(action, path, registration, response));
            throw new UnpublishableException(String.valueOf(rejection.getMessage()), rejection);
        }
        if (response.isError()) {
            throw rejected(action, reason(response));
        }
        return id(action, response);
    }

    private String differences(
            String action, String path, Registration registration, RegistryHttpClient.Response conflict) {
        RegistryHttpClient.Response latest = http.request(action, path + "/latest", null);
        String fields = latest.isError()
                ? ""
                : SchemaDifferences.between(latest.body().path("schema").asText(), registration.text());
        return fields.isEmpty() ? conflict.message() : fields;
    }

    /**
     * The id of the first schema that was registered under a subject.
     *
     * @throws RegistryException if the registry is unavailable, or rejects the request
     */
    public int firstIdOf(String subject) {
        return firstIds.get(subject, this::findFirst);
    }

    private int findFirst(String subject) {
        String action = "return the first schema of subject " + subject;
        String path = "/subjects/" + RegistryHttpClient.encoded(subject) + "/versions";
        RegistryHttpClient.Response versions = http.request(action, path, null);
        if (versions.isError() || versions.body().isEmpty()) {
            throw rejected(action, reason(versions));
        }
        int oldest = Integer.MAX_VALUE;
        for (JsonNode version : versions.body()) {
            oldest = Math.min(oldest, version.asInt());
        }
        RegistryHttpClient.Response first = http.request(action, path + "/" + oldest, null);
        if (first.isError()) {
            throw rejected(action, reason(first));
        }
        return id(action, first);
    }

    private int id(String action, RegistryHttpClient.Response response) {
        if (!response.body().path("id").canConvertToInt()) {
            throw rejected(action, "it returned " + response.status() + " without an id");
        }
        return response.body().path("id").intValue();
    }

    /**
     * All subjects. Not cached.
     *
     * @throws RegistryException if the registry is unavailable, or rejects the request
     */
    public Set<String> subjects() {
        String action = "list its subjects";
        RegistryHttpClient.Response response = http.request(action, "/subjects", null);
        if (response.isError() || !response.body().isArray()) {
            throw rejected(action, reason(response));
        }
        Set<String> subjects = new TreeSet<>();
        response.body().forEach(subject -> subjects.add(subject.asText()));
        return subjects;
    }

    /**
     * Compares a schema with the latest one of an existing subject. Not cached; registers nothing.
     *
     * @throws RegistryException if the registry is unavailable, or rejects the request
     */
    public Compatibility compare(String subject, String schemaText) {
        String action = "compare a schema with subject " + subject;
        String encoded = RegistryHttpClient.encoded(subject);
        RegistryHttpClient.Response latest = http.request(action, "/subjects/" + encoded + "/versions/latest", null);
        RegistryHttpClient.Response accepted = http.request(
                action, "/compatibility/subjects/" + encoded + "/versions/latest", http.body("schema", schemaText));
        for (RegistryHttpClient.Response response : List.of(latest, accepted)) {
            if (response.isError()) {
                throw rejected(action, reason(response));
            }
        }
        return new Compatibility(
                accepted.body().path("is_compatible").asBoolean(),
                SchemaDifferences.between(latest.body().path("schema").asText(), schemaText));
    }

    /**
     * The schema of an id; always the same object.
     *
     * @param id from a message, which may hold any four bytes
     * @throws UnresolvableSchemaException if there is no such schema, or it is not an Avro schema
     * @throws RegistryException if the registry is unavailable, or rejects the request
     */
    public WriterSchema schemaOf(int id) {
        if (id < 0) { // not requested: each registry product reports it differently
            throw new UnresolvableSchemaException(
                    "its schema id " + Integer.toUnsignedString(id) + " cannot exist: ids go up to "
                            + Integer.MAX_VALUE,
                    null);
        }
        return schemas.get(id, this::fetch);
    }

    private WriterSchema fetch(int id) {
        String action = "return the schema of id " + id;
        RegistryHttpClient.Response response = http.request(action, "/schemas/ids/" + id, null);
        String subject = "its schema id " + id + " ";
        if (response.isError()) {
            if (isNoSchema(response)) {
                throw new UnresolvableSchemaException(
                        subject + "is unknown to the schema registry at " + http.address() + ", which returned "
                                + response.status() + " " + response.message(),
                        null);
            }
            throw rejected(action, reason(response));
        }
        JsonNode text = response.body().path("schema");
        if (!text.isTextual()) {
            throw rejected(action, "it returned " + response.status() + " without a schema" + WRONG_BASE);
        }
        String type = response.body().path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new UnresolvableSchemaException(subject + "is of type " + type + ", but must be Avro", null);
        }
        try {
            WriterSchema schema = new WriterSchema(text.asText());
            // An invalid schema is reported here, and no event parses a valid one again.
            schema.parsed(EventSchema.class, EventSchema::parse);
            return schema;
        } catch (RuntimeException e) {
            throw new UnresolvableSchemaException(subject + "cannot be parsed: " + e.getMessage(), e);
        }
    }

    /**
     * Whether the response says that the registry has no such schema. Registries use different 4xx codes for that. If there is no
     * registry at the address at all, this returns false: the consumer then waits until the address is corrected, and loses
     * nothing.
     */
    private boolean isNoSchema(RegistryHttpClient.Response response) {
        if (response.status() < 400 || response.status() >= 500 || CALLER_ERRORS.contains(response.status())) {
            return false;
        }
        return response.errorCode() == SCHEMA_NOT_FOUND || isRegistry();
    }

    /** Every registry returns its configuration, or an error code of its own. */
    private boolean isRegistry() {
        RegistryHttpClient.Response response = http.request("return its configuration", "/config", null);
        return response.isError()
                ? response.status() != NOT_FOUND && response.errorCode() > 0
                : response.body().has("compatibilityLevel") || response.body().has("compatibility");
    }

    private RegistryException rejected(String action, String reason) {
        return http.failure(action, http.address().bases().get(0), reason, null);
    }

    private static String reason(RegistryHttpClient.Response response) {
        String hint = switch (response.status()) {
            case 401 ->
                " (check EVENT_BUS_KAFKA_SCHEMA_REGISTRY_API_KEY and EVENT_BUS_KAFKA_SCHEMA_REGISTRY_API_SECRET)";
            case 403 ->
                " (the key of EVENT_BUS_KAFKA_SCHEMA_REGISTRY_API_KEY needs permission to read and register schemas)";
            case NOT_FOUND -> WRONG_BASE;
            default -> response.status() < 400 ? WRONG_BASE : "";
        };
        return response.status() + " " + response.message() + hint;
    }

    /** Callers that wait get a {@link RegistryException}. Cached schemas are still returned. */
    @Override
    public void close() {
        http.close();
    }
}
