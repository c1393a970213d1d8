package dev.carillon.bus.kafka.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.avro.SchemaHistory;
import dev.carillon.bus.spi.UnpublishableException;
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
     * @throws UnusableSchemaException when there is none, or it is no Avro
     * @throws RegistryException when the registry is away, or refuses
     */
    public Schema schemaOf(int id) {
        return schemas.get(id, this::fetch);
    }

    private Schema fetch(int id) {
        String asked = "tell the schema of id " + Integer.toUnsignedString(id);
        RegistryHttp.Answer answer = http.ask(asked, "/schemas/ids/" + Integer.toUnsignedString(id), null);
        String its = "its schema id " + Integer.toUnsignedString(id) + " ";
        if (answer.status() == NOT_FOUND && isAboutSchemas(answer)) {
            throw new UnusableSchemaException(its + "is unknown to the schema registry at " + http.address(), null);
        }
        if (answer.isError()) {
            throw refused(asked, refusal(answer));
        }
        String type = answer.body().path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new UnusableSchemaException(its + "is of type " + type + ", but must be Avro", null);
        }
        try {
            return SchemaHistory.parse(answer.body().path("schema").asText());
        } catch (RuntimeException e) {
            throw new UnusableSchemaException(its + "has no readable Avro schema: " + e.getMessage(), e);
        }
    }

    /** A 404 of the registry itself, and not of a server that has no registry there: its code is 404 and two digits. */
    private static boolean isAboutSchemas(RegistryHttp.Answer answer) {
        return answer.errorCode() / 100 == NOT_FOUND || answer.errorCode() == NOT_FOUND;
    }

    private RegistryException refused(String asked, String reason) {
        return http.failed(asked, http.address().bases().get(0), reason, null);
    }

    private static String refusal(RegistryHttp.Answer answer) {
        String wayOut = switch (answer.status()) {
            case 401 ->
                " (check EVENT_BUS_KAFKA_SCHEMA_REGISTRY_API_KEY and EVENT_BUS_KAFKA_SCHEMA_REGISTRY_API_SECRET)";
            case 403 -> " (the key of EVENT_BUS_KAFKA_SCHEMA_REGISTRY_API_KEY needs to read and register schemas)";
            case NOT_FOUND ->
                " (EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL must be the base of the registry's API, such as"
                        + " http://host:8081 or http://host/apis/ccompat/v7)";
            default -> "";
        };
        return answer.status() + " " + answer.message() + wayOut;
    }

    /** Nothing is held but memory. */
    @Override
    public void close() {}
}
