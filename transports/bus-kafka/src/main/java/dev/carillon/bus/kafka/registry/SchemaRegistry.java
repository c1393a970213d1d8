package dev.carillon.bus.kafka.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.avro.SchemaHistory;
import dev.carillon.bus.transport.UnpublishableException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The schema registry, as far as events need it. Each schema is asked for once, however many threads want it, and known from
 * then on, also while the registry is away. Thread-safe; what is not known yet is waited for.
 */
public final class SchemaRegistry implements AutoCloseable {

    /** How long a schema that does not exist is not asked for again. */
    private static final long UNUSABLE_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** How long a registry that failed is left alone. */
    private static final long AWAY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    /** The error code of a registry that has no schema of an id. */
    private static final int SCHEMA_NOT_FOUND = 40_403;

    /** What a server answers because of who asks, or through what, and not because of what is asked for. */
    private static final Set<Integer> ABOUT_US = Set.of(401, 403, 407, 408, 421, 426, 429, 431, 451);

    private static final String WRONG_BASE =
            " (EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL must be the base of the registry's API, such as"
                    + " http://host:8081 or http://host/apis/ccompat/v7)";

    private final RegistryHttp http;
    private final Remembered<Registration, Integer> ids;
    private final Remembered<String, Integer> firstIds;
    private final Remembered<Integer, Schema> schemas;

    private record Registration(String subject, String text) {}

    /**
     * Does not yet ask it anything.
     *
     * @param tls whom to trust; null: whom the JVM trusts
     * @param patience how long one schema may take
     */
    public SchemaRegistry(RegistryAddress address, @Nullable SSLContext tls, Duration patience) {
        this(address, tls, patience, System::nanoTime);
    }

    SchemaRegistry(RegistryAddress address, @Nullable SSLContext tls, Duration patience, LongSupplier nanoTime) {
        this.http = new RegistryHttp(address, tls, patience);
        this.ids = new Remembered<>(failure -> false, AWAY_NANOS, AWAY_NANOS, nanoTime);
        this.firstIds = new Remembered<>(failure -> false, AWAY_NANOS, AWAY_NANOS, nanoTime);
        this.schemas = new Remembered<>(
                failure -> failure instanceof UnusableSchemaException, UNUSABLE_NANOS, AWAY_NANOS, nanoTime);
    }

    /**
     * The id of a schema under a subject; the registry is given the schema, just as it is written, where it has not got it.
     *
     * @throws RegistryException when it is away, or refuses
     * @throws UnpublishableException when it refuses the schema as incompatible with the one before
     */
    public int idOf(String subject, String schemaText) {
        return ids.get(new Registration(subject, schemaText), this::register);
    }

    private int register(Registration wanted) {
        String asked = "register the schema of subject " + wanted.subject();
        String path = "/subjects/" + RegistryHttp.encoded(wanted.subject()) + "/versions";
        RegistryHttp.Answer answer = http.ask(asked, path, http.body("schema", wanted.text()));
        if (answer.status() == CONFLICT) {
            RegistryException refusal = refused(
                    asked, "409, it is incompatible with the latest: " + differences(asked, path, wanted, answer));
            throw new UnpublishableException(String.valueOf(refusal.getMessage()), refusal);
        }
        if (answer.isError()) {
            throw refused(asked, refusal(answer));
        }
        return id(asked, answer);
    }

    private String differences(String asked, String path, Registration wanted, RegistryHttp.Answer conflict) {
        RegistryHttp.Answer latest = http.ask(asked, path + "/latest", null);
        String fields = latest.isError()
                ? ""
                : Differences.between(latest.body().path("schema").asText(), wanted.text());
        return fields.isEmpty() ? conflict.message() : fields;
    }

    /**
     * The id of the first schema that a subject has, however many came after it.
     *
     * @throws RegistryException when it is away, or refuses
     */
    public int firstIdOf(String subject) {
        return firstIds.get(subject, this::findFirst);
    }

    private int findFirst(String subject) {
        String asked = "tell the first schema of subject " + subject;
        String path = "/subjects/" + RegistryHttp.encoded(subject) + "/versions";
        RegistryHttp.Answer versions = http.ask(asked, path, null);
        if (versions.isError() || versions.body().isEmpty()) {
            throw refused(asked, refusal(versions));
        }
        int oldest = Integer.MAX_VALUE;
        for (JsonNode version : versions.body()) {
            oldest = Math.min(oldest, version.asInt());
        }
        RegistryHttp.Answer first = http.ask(asked, path + "/" + oldest, null);
        if (first.isError()) {
            throw refused(asked, refusal(first));
        }
        return id(asked, first);
    }

    private int id(String asked, RegistryHttp.Answer answer) {
        if (!answer.body().path("id").canConvertToInt()) {
            throw refused(asked, "it answered " + answer.status() + " without an id");
        }
        return answer.body().path("id").intValue();
    }

    /**
     * The subjects that it has. Asks each time.
     *
     * @throws RegistryException when it is away, or refuses
     */
    public Set<String> subjects() {
        String asked = "list its subjects";
        RegistryHttp.Answer answer = http.ask(asked, "/subjects", null);
        if (answer.isError() || !answer.body().isArray()) {
            throw refused(asked, refusal(answer));
        }
        Set<String> subjects = new TreeSet<>();
        answer.body().forEach(subject -> subjects.add(subject.asText()));
        return subjects;
    }

    /**
     * What a subject that exists would say to a schema. Asks each time, and registers nothing.
     *
     * @throws RegistryException when it is away, or refuses
     */
    public Verdict judge(String subject, String schemaText) {
        String asked = "compare a schema with those of subject " + subject;
        String encoded = RegistryHttp.encoded(subject);
        RegistryHttp.Answer latest = http.ask(asked, "/subjects/" + encoded + "/versions/latest", null);
        RegistryHttp.Answer accepted = http.ask(
                asked, "/compatibility/subjects/" + encoded + "/versions/latest", http.body("schema", schemaText));
        for (RegistryHttp.Answer answer : List.of(latest, accepted)) {
            if (answer.isError()) {
                throw refused(asked, refusal(answer));
            }
        }
        return new Verdict(
                accepted.body().path("is_compatible").asBoolean(),
                Differences.between(latest.body().path("schema").asText(), schemaText));
    }

    /**
     * The schema of an id; the same object each time.
     *
     * @param id as it stands in a message: anybody may write any four bytes there
     * @throws UnusableSchemaException when there is none, or it is no Avro
     * @throws RegistryException when the registry is away, or refuses us
     */
    public Schema schemaOf(int id) {
        if (id < 0) { // not asked for: registries answer in as many ways as there are registries
            throw new UnusableSchemaException(
                    "its schema id " + Integer.toUnsignedString(id) + " cannot exist: ids go up to "
                            + Integer.MAX_VALUE,
                    null);
        }
        return schemas.get(id, this::fetch);
    }

    private Schema fetch(int id) {
        String asked = "tell the schema of id " + id;
        RegistryHttp.Answer answer = http.ask(asked, "/schemas/ids/" + id, null);
        String its = "its schema id " + id + " ";
        if (answer.isError()) {
            if (isNoSchema(answer)) {
                throw new UnusableSchemaException(
                        its + "is unknown to the schema registry at " + http.address() + ", which answers "
                                + answer.status() + " " + answer.message(),
                        null);
            }
            throw refused(asked, refusal(answer));
        }
        JsonNode text = answer.body().path("schema");
        if (!text.isTextual()) {
            throw refused(asked, "it answered " + answer.status() + " without a schema" + WRONG_BASE);
        }
        String type = answer.body().path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new UnusableSchemaException(its + "is of type " + type + ", but must be Avro", null);
        }
        try {
            return SchemaHistory.parse(text.asText());
        } catch (RuntimeException e) {
            throw new UnusableSchemaException(its + "has no readable Avro schema: " + e.getMessage(), e);
        }
    }

    /**
     * Whether a registry, which is there and knows us, says that it has no such schema. Any 4xx may say so, but those that are
     * about us and not about the schema; and none does, where no registry is: then waiting until the address is mended loses
     * nothing.
     */
    private boolean isNoSchema(RegistryHttp.Answer answer) {
        if (answer.status() < 400 || answer.status() >= 500 || ABOUT_US.contains(answer.status())) {
            return false;
        }
        return answer.errorCode() == SCHEMA_NOT_FOUND || isRegistry();
    }

    /** Whether a registry is at the address: each tells how it compares schemas, or why it does not. */
    private boolean isRegistry() {
        RegistryHttp.Answer answer = http.ask("tell its configuration", "/config", null);
        return answer.isError()
                ? answer.status() != NOT_FOUND && answer.errorCode() > 0
                : answer.body().has("compatibilityLevel") || answer.body().has("compatibility");
    }

    private RegistryException refused(String asked, String reason) {
        return http.failed(asked, http.address().bases().get(0), reason, null);
    }

    private static String refusal(RegistryHttp.Answer answer) {
        String wayOut = switch (answer.status()) {
            case 401 ->
                " (check EVENT_BUS_KAFKA_SCHEMA_REGISTRY_API_KEY and EVENT_BUS_KAFKA_SCHEMA_REGISTRY_API_SECRET)";
            case 403 -> " (the key of EVENT_BUS_KAFKA_SCHEMA_REGISTRY_API_KEY needs to read and register schemas)";
            case NOT_FOUND -> WRONG_BASE;
            default -> answer.status() < 400 ? WRONG_BASE : "";
        };
        return answer.status() + " " + answer.message() + wayOut;
    }

    /** Whoever waits for it is told so at once. What is known by then stays known. */
    @Override
    public void close() {
        http.close();
    }
}
