package dev.carillon.embedded;

import dev.carillon.embedded.server.EmbeddedServerException;
import dev.carillon.embedded.server.PortChoice;
import dev.carillon.embedded.server.ServerStart;
import dev.carillon.embedded.server.TlsFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Sets up an {@link EmbeddedRedis}. For one thread; can start several servers if it leaves the port open. */
public final class EmbeddedRedisBuilder {

    private static final Set<String> OURS = Set.of(
            "aclfile", "bind", "daemonize", "dir", "include", "logfile", "port", "requirepass", "tls-port", "user");

    private final Map<String, RedisUser> users = new LinkedHashMap<>();
    private final List<String> config = new ArrayList<>();
    private boolean persistent;
    private boolean tls;
    private PortChoice port = PortChoice.free();

    EmbeddedRedisBuilder() {}

    /** The TCP port, 1 to 65535. Without it, a free port from 20000 to 32767 is found. */
    public EmbeddedRedisBuilder port(int port) {
        this.port = PortChoice.of(port);
        return this;
    }

    /** For tests of a port that is taken between choice and start. */
    EmbeddedRedisBuilder freePorts(IntSupplier ports) {
        this.port = PortChoice.among(ports);
        return this;
    }

    /** Every write is on disk before the response, and survives {@link EmbeddedRedis#kill()}, not {@code close()}. */
    public EmbeddedRedisBuilder persistent() {
        this.persistent = true;
        return this;
    }

    /** The default user needs this password; not empty. */
    public EmbeddedRedisBuilder password(String password) {
        users.put(RedisUser.DEFAULT, new RedisUser(RedisUser.DEFAULT, password, "~* &* +@all"));
        return this;
    }

    /**
     * Adds a user besides the default one, which stays.
     *
     * @param rules Redis ACL rules, such as {@code "~dev-* +@stream +@connection"}
     */
    public EmbeddedRedisBuilder user(String name, String password, String rules) {
        if (name.equals(RedisUser.DEFAULT)) {
            throw new IllegalArgumentException("The user 'default' is always there: set its password with password()");
        }
        users.put(name, new RedisUser(name, password, rules));
        return this;
    }

    /** TLS only, with a certificate for 127.0.0.1 and localhost, by an authority made for this server. */
    public EmbeddedRedisBuilder tls() {
        this.tls = true;
        return this;
    }

    /**
     * Any other setting of {@code redis.conf}, overriding what is set here.
     *
     * @param value as the file has it: {@code config("maxmemory", "10mb")}, {@code config("save", "60 1")}
     */
    public EmbeddedRedisBuilder config(String name, String value) {
        if (OURS.contains(name)) {
            throw new IllegalArgumentException(
                    "'" + name + "' cannot be set with config(): see port(), password(), user() and tls()");
        }
        if (!name.matches("[a-z0-9-]+") || value.contains("\n")) {
            throw new IllegalArgumentException(
                    "A setting must be a name of redis.conf and a value on one line, but is '" + name + "' and '"
                            + value + "'");
        }
        config.add(name + " " + value);
        return this;
    }

    /**
     * Starts it and returns when it responds. That takes about 0.1 s, and 0.6 s for a JVM's first with TLS.
     *
     * @throws EmbeddedServerException if the port is taken, the platform is not supported, or the server ends at start:
     *     the message has the last lines of its log
     */
    public EmbeddedRedis start() {
        String resource = RedisExecutable.resource();
        Map<String, RedisUser> known = Map.copyOf(users);
        return ServerStart.start("Redis", port, folder -> {
            Path executable = RedisExecutable.unpack(resource, folder.path());
            @Nullable TlsFiles files = tls ? TlsFiles.create(folder.path(), Clock.systemUTC()) : null;
            Files.write(folder.path().resolve(RedisLauncher.CONFIG_FILE), lines(files));
            return port -> new EmbeddedRedis(
                    new RedisLauncher(port, folder, executable, files, known.get(RedisUser.DEFAULT)), known);
        });
    }

    private List<String> lines(@Nullable TlsFiles files) {
        List<String> lines = new ArrayList<>(List.of("bind 127.0.0.1", "save \"\""));
        lines.addAll(persistent ? List.of("appendonly yes", "appendfsync always") : List.of("appendonly no"));
        users.values().forEach(user -> lines.add(user.configLine()));
        if (files != null) {
            lines.add("tls-auth-clients no");
            lines.add("tls-ca-cert-file " + files.caCertificate().getFileName());
            lines.add("tls-cert-file " + files.certificate().getFileName());
            lines.add("tls-key-file " + files.key().getFileName());
        }
        lines.addAll(config);
        return lines;
    }
}
