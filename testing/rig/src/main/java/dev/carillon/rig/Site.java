package dev.carillon.rig;

import dev.carillon.embedded.EmbeddedServer;
import dev.carillon.rig.breakage.Breakables;
import dev.carillon.rig.breakage.DamageLog;
import dev.carillon.rig.breakage.GroupFaults;
import dev.carillon.rig.breakage.HotKey;
import dev.carillon.rig.breakage.Members;
import dev.carillon.rig.breakage.Redeployment;
import dev.carillon.rig.breakage.RegistryStall;
import dev.carillon.rig.breakage.TopicFaults;
import dev.carillon.rig.fault.Breakable;
import dev.carillon.rig.fault.Kind;
import dev.carillon.rig.fault.Selection;
import dev.carillon.rig.fault.Target;
import dev.carillon.rig.fault.Trait;
import dev.carillon.rig.judge.Damage;
import dev.carillon.rig.judge.Entry;
import dev.carillon.rig.role.Condition;
import dev.carillon.rig.role.ConsumerRole;
import dev.carillon.rig.role.Counters;
import dev.carillon.rig.role.ProducerRole;
import dev.carillon.rig.role.RelayRole;
import dev.carillon.rig.role.Roles;
import dev.carillon.rig.role.Tables;
import dev.carillon.rig.server.Broker;
import dev.carillon.rig.server.KafkaBroker;
import dev.carillon.rig.server.Link;
import dev.carillon.rig.server.PostgresServer;
import dev.carillon.rig.server.RedisBroker;
import dev.carillon.rig.server.RoleProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything that runs: broker, database, the network to them, and the services. */
final class Site implements AutoCloseable {

    private static final String BROKER = "broker";
    private static final String DATABASE = "database";
    private static final String REGISTRY = "network to the registry";
    private static final String RENAMED = "a receiver";
    private static final String GROUP = "group " + Roles.GROUP;
    private static final int PAIR = 2;

    private final Path folder;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Map<String, Breakable> breakables = new LinkedHashMap<>();
    private final Map<String, RoleProcess> processes = new LinkedHashMap<>();
    private final List<ServerLog> logs = new ArrayList<>();
    private final List<String> producers = names("producer", PAIR);
    private final List<String> relays = names("relay", PAIR);
    private final List<String> consumers;
    private final List<Target> targets = new ArrayList<>();
    private final Selection selection;
    private final Broker broker;
    private final PostgresServer database;
    private final HotKey hotKey;
    private final DamageLog damages;
    private final Optional<RegistryStall> registryStall;

    /** Starts the servers; the services wait for {@link #start()}. */
    Site(RunOptions options) throws IOException, SQLException {
        this.selection = options.selection();
        this.folder = newFolder(options.folder().toAbsolutePath());
        Files.createDirectories(logs());
        boolean ready = false;
        try {
            broker = opened(options.bus() == Bus.REDIS ? redis(options) : new KafkaBroker());
            database = opened(PostgresServer.start());
            Tables.create(databaseUrl());
            consumers = names("consumer", broker.members());
            breakables.put(BROKER, crashing(BROKER, broker.server()));
            breakables.put(DATABASE, crashing(DATABASE, database));
            breakables.put(linkTo(BROKER), Breakables.of(broker.link()));
            producers.forEach(name -> add(name, ProducerRole.class, options));
            relays.forEach(name -> add(name, RelayRole.class, options));
            consumers.forEach(name -> add(name, ConsumerRole.class, options));
            hotKey = new HotKey(folder, databaseUrl());
            damages = new DamageLog(databaseUrl());
            registryStall = registryStall();
            addTargets();
            ready = true;
        } finally {
            if (!ready) {
                close();
            }
        }
    }

    /** Who forgets is tried alone: a loss is to be seen at the one consumer that was told of it. */
    private static RedisBroker redis(RunOptions options) {
        boolean two = options.persistent() && options.selection().has(Trait.TWO_MEMBERS);
        return new RedisBroker(options.persistent(), two ? PAIR : 1);
    }

    /** What an earlier run left in it would be mistaken for this one's. */
    private static Path newFolder(Path folder) throws IOException {
        Files.createDirectories(folder.getParent());
        return Files.createDirectory(folder);
    }

    private static List<String> names(String role, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> role + "-" + number)
                .toList();
    }

    private static String linkTo(String server) {
        return "network to " + server;
    }

    private static String linkTo(String server, String process) {
        return "network from " + process + " to " + server;
    }

    private <C extends AutoCloseable> C opened(C part) {
        open.push(part);
        return part;
    }

    private Breakable crashing(String name, EmbeddedServer server) {
        ServerLog log = new ServerLog(server, logs().resolve(name + ".log"));
        logs.add(log);
        return Breakables.of(server, log::keep);
    }

    private void add(String name, Class<?> main, RunOptions options) {
        Link link = opened(new Link(name).leadingTo(database.port()));
        Map<String, String> environment = new HashMap<>(broker.settings());
        environment.put(Roles.NAME, name);
        environment.put(Roles.DATABASE, PostgresServer.url(link.port()));
        environment.put(Roles.FOLDER, folder.toString());
        if (options.bus() == Bus.REDIS) {
            environment.put(Roles.LEASE_SECONDS, Long.toString(RedisBroker.LEASE.toSeconds()));
        }
        environment.put(Roles.RATE, Integer.toString(options.rate()));
        RoleProcess process = opened(new RoleProcess(name, main, environment, logs().resolve(name + ".log")));
        processes.put(name, process);
        breakables.put(name, Breakables.of(process));
        breakables.put(linkTo(DATABASE, name), Breakables.of(link));
    }

    /** Starts the services that are not running. */
    void start() {
        processes.values().forEach(RoleProcess::start);
    }

    /** Has the producers end. */
    void stopProducers() {
        producers.forEach(name -> process(name).stop());
    }

    /** Has the services end, whatever they are at. */
    void stopAll() {
        processes.values().parallelStream().forEach(RoleProcess::stop);
    }

    /** The services that ended by themselves, with how often they did. */
    Map<String, Integer> desertions() {
        Map<String, Integer> desertions = new TreeMap<>();
        processes.forEach((name, process) -> {
            if (process.desertions() > 0) {
                desertions.put(name, process.desertions());
            }
        });
        return desertions;
    }

    private RoleProcess process(String name) {
        RoleProcess process = processes.get(name);
        if (process == null) {
            throw new IllegalArgumentException("There is no process '" + name + "' among " + processes.keySet());
        }
        return process;
    }

    private Optional<RegistryStall> registryStall() {
        List<RoleProcess> services = Stream.concat(
                        relays.stream(), consumers.stream().limit(1))
                .map(this::process)
                .toList();
        return broker.registryLink().map(link -> new RegistryStall(link, services, databaseUrl()));
    }

    private void addTargets() {
        targets.add(new Target(producers, Target.PROCESS));
        targets.add(new Target(relays, Target.PROCESS));
        targets.add(new Target(consumers, Target.MEMBER));
        targets.add(new Target(List.of(BROKER), Target.SERVER));
        targets.add(new Target(List.of(DATABASE), Target.SERVER));
        targets.add(new Target(List.of(linkTo(BROKER)), Target.NETWORK));
        targets.add(new Target(
                processes.keySet().stream().map(name -> linkTo(DATABASE, name)).toList(), Target.NETWORK));
        addCondition("receivers that are interrupted", Kind.INTERRUPT, Condition.INTERRUPT);
        addCondition("receivers that block", Kind.BLOCK, Condition.BLOCK);
        addCondition("receivers that throw errors", Kind.ERROR, Condition.ERROR);
        addCondition("what producers send", Kind.LARGE_EVENTS, Condition.LARGE_EVENTS);
        add(Counters.HOT, hotKey, Target.of(Counters.HOT, Kind.HOT_KEY));
        Members members = new Members(processes(consumers), folder);
        add(RENAMED, new Redeployment(folder, members), Target.of(RENAMED, Kind.RENAME));
        TopicFaults topicFaults = new TopicFaults(opened(broker.damage()), processes(relays), members, damages);
        add(Roles.TOPIC, topicFaults, new Target(List.of(Roles.TOPIC), Target.TOPIC));
        broker.groupDamage()
                .map(this::opened)
                .ifPresent(group -> add(
                        GROUP,
                        new GroupFaults(group, folder, members, damages),
                        new Target(List.of(GROUP), Target.GROUP)));
        registryStall.ifPresent(stall -> add(REGISTRY, stall, Target.of(REGISTRY, Kind.REGISTRY_STALL)));
        Condition.WITHOUT_IDS.turn(selection.has(Trait.WITHOUT_IDS), folder);
    }

    private void addCondition(String name, Kind kind, Condition condition) {
        add(name, Breakables.of(condition, folder), Target.of(name, kind));
    }

    private void add(String name, Breakable breakable, Target target) {
        breakables.put(name, breakable);
        targets.add(target);
    }

    private List<RoleProcess> processes(List<String> names) {
        return names.stream().map(this::process).toList();
    }

    /** What a plan may break. */
    List<Target> targets() {
        return selection.of(targets);
    }

    /** The events that waited while another key failed, or when the registry was well again. */
    List<Entry> waited() {
        return Stream.concat(hotKey.waited().stream(), registryStall.stream().flatMap(stall -> stall.waited().stream()))
                .toList();
    }

    /** What the broker was made to lose. */
    List<Damage> damages() {
        return damages.damages();
    }

    Map<String, Breakable> breakables() {
        return breakables;
    }

    List<String> consumers() {
        return consumers;
    }

    String broker() {
        return BROKER;
    }

    /** What a service sets to use the broker. */
    Map<String, String> brokerSettings() {
        return broker.settings();
    }

    /** The database by the straight way, past all faults of the network. */
    String databaseUrl() {
        return PostgresServer.url(database.port());
    }

    Path folder() {
        return folder;
    }

    Path logs() {
        return folder.resolve("logs");
    }

    /** Ends everything, the last that was started first; the logs stay. */
    @Override
    public void close() {
        logs.forEach(ServerLog::keep);
        @Nullable IllegalStateException failure = null;
        for (AutoCloseable part : open) {
            try {
                part.close();
            } catch (Exception e) {
                failure = failure == null ? new IllegalStateException("Cannot end all that was started", e) : failure;
            }
        }
        open.clear();
        if (failure != null) {
            throw failure;
        }
    }
}
