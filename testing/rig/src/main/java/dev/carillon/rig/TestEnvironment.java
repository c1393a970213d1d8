package dev.carillon.rig;

import dev.carillon.embedded.postgres.EmbeddedPostgres;
import dev.carillon.embedded.server.EmbeddedServer;
import dev.carillon.rig.fault.FaultInjector;
import dev.carillon.rig.fault.FaultKind;
import dev.carillon.rig.fault.RunVariant;
import dev.carillon.rig.fault.Selection;
import dev.carillon.rig.fault.Target;
import dev.carillon.rig.injection.ConsumerProcesses;
import dev.carillon.rig.injection.FaultInjectors;
import dev.carillon.rig.injection.GroupFaults;
import dev.carillon.rig.injection.HotKeyFault;
import dev.carillon.rig.injection.LossLog;
import dev.carillon.rig.injection.ReceiverRenameFault;
import dev.carillon.rig.injection.RegistryFault;
import dev.carillon.rig.injection.TopicFaults;
import dev.carillon.rig.judge.BrokerLoss;
import dev.carillon.rig.judge.RecordedEvent;
import dev.carillon.rig.server.Broker;
import dev.carillon.rig.server.KafkaBroker;
import dev.carillon.rig.server.NetworkProxy;
import dev.carillon.rig.server.RedisBroker;
import dev.carillon.rig.server.ServiceProcess;
import dev.carillon.rig.service.ConsumerService;
import dev.carillon.rig.service.Counters;
import dev.carillon.rig.service.FaultSwitch;
import dev.carillon.rig.service.ProducerService;
import dev.carillon.rig.service.RelayService;
import dev.carillon.rig.service.RigNames;
import dev.carillon.rig.service.Tables;
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

/** Everything that runs: broker, database, the network connections to them, and the services. */
final class TestEnvironment implements AutoCloseable {

    private static final String BROKER = "broker";
    private static final String DATABASE = "database";
    private static final String REGISTRY = "schema registry";
    private static final String RENAMED_RECEIVER = "receiver archive";
    private static final String GROUP = "group " + RigNames.GROUP;
    private static final int TWO = 2;

    private final Path folder;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Map<String, FaultInjector> injectors = new LinkedHashMap<>();
    private final Map<String, ServiceProcess> processes = new LinkedHashMap<>();
    private final List<ServerLog> logs = new ArrayList<>();
    private final List<String> producers = names("producer", TWO);
    private final List<String> relays = names("relay", TWO);
    private final List<String> consumers;
    private final List<Target> targets = new ArrayList<>();
    private final Selection selection;
    private final Broker broker;
    private final EmbeddedPostgres database;
    private final HotKeyFault hotKey;
    private final LossLog losses;
    private final Optional<RegistryFault> registryFault;

    /** Starts the servers; {@link #start()} starts the services. */
    TestEnvironment(RunOptions options) throws IOException, SQLException {
        this.selection = options.selection();
        this.folder = newFolder(options.folder().toAbsolutePath());
        Files.createDirectories(logs());
        boolean ready = false;
        try {
            broker = register(options.bus() == Bus.REDIS ? redis(options) : new KafkaBroker());
            database = register(EmbeddedPostgres.start());
            Tables.create(databaseUrl());
            consumers = names("consumer", broker.consumers());
            injectors.put(BROKER, crashInjector(BROKER, broker.server()));
            injectors.put(DATABASE, crashInjector(DATABASE, database));
            injectors.put(networkTo(BROKER), FaultInjectors.of(broker.network()));
            producers.forEach(name -> add(name, ProducerService.class, options));
            relays.forEach(name -> add(name, RelayService.class, options));
            consumers.forEach(name -> add(name, ConsumerService.class, options));
            hotKey = new HotKeyFault(folder, databaseUrl());
            losses = new LossLog(databaseUrl());
            registryFault = registryFault();
            addTargets();
            ready = true;
        } finally {
            if (!ready) {
                close();
            }
        }
    }

    /** Without persistence, there is one consumer, so that it must be the one that reports the loss. */
    private static RedisBroker redis(RunOptions options) {
        boolean two = options.persistent() && options.selection().has(RunVariant.TWO_MEMBERS);
        return new RedisBroker(options.persistent(), two ? TWO : 1);
    }

    /** Fails when the folder exists: files of an earlier run would be mistaken for those of this one. */
    private static Path newFolder(Path folder) throws IOException {
        Files.createDirectories(folder.getParent());
        return Files.createDirectory(folder);
    }

    private static List<String> names(String role, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> role + "-" + number)
                .toList();
    }

    private static String networkTo(String server) {
        return "network to " + server;
    }

    private static String networkTo(String server, String process) {
        return "network from " + process + " to " + server;
    }

    private <C extends AutoCloseable> C register(C closeable) {
        open.push(closeable);
        return closeable;
    }

    private FaultInjector crashInjector(String name, EmbeddedServer server) {
        ServerLog log = new ServerLog(server, logs().resolve(name + ".log"));
        logs.add(log);
        return FaultInjectors.of(server, log::save);
    }

    private void add(String name, Class<?> main, RunOptions options) {
        NetworkProxy network = register(new NetworkProxy(name).forwardTo(database.port()));
        Map<String, String> environment = new HashMap<>(broker.settings());
        environment.put(RigNames.NAME, name);
        environment.put(RigNames.DATABASE, EmbeddedPostgres.jdbcUrl(network.port()));
        environment.put(RigNames.FOLDER, folder.toString());
        if (options.bus() == Bus.REDIS) {
            environment.put(RigNames.LEASE_SECONDS, Long.toString(RedisBroker.LEASE.toSeconds()));
        }
        environment.put(RigNames.RATE, Integer.toString(options.rate()));
        ServiceProcess process = register(new ServiceProcess(name, main, environment, logs().resolve(name + ".log")));
        processes.put(name, process);
        injectors.put(name, FaultInjectors.of(process));
        injectors.put(networkTo(DATABASE, name), FaultInjectors.of(network));
    }

    /** Starts the services that are not running. */
    void start() {
        processes.values().forEach(ServiceProcess::start);
    }

    /** Stops the producers. */
    void stopProducers() {
        producers.forEach(name -> process(name).stop());
    }

    /** Stops all services. */
    void stopAll() {
        processes.values().parallelStream().forEach(ServiceProcess::stop);
    }

    /** How often services ended by themselves, by name; without those that did not. */
    Map<String, Integer> unexpectedExits() {
        Map<String, Integer> unexpectedExits = new TreeMap<>();
        processes.forEach((name, process) -> {
            if (process.unexpectedExits() > 0) {
                unexpectedExits.put(name, process.unexpectedExits());
            }
        });
        return unexpectedExits;
    }

    private ServiceProcess process(String name) {
        ServiceProcess process = processes.get(name);
        if (process == null) {
            throw new IllegalArgumentException("There is no process '" + name + "', only " + processes.keySet());
        }
        return process;
    }

    private Optional<RegistryFault> registryFault() {
        List<ServiceProcess> services = Stream.concat(
                        relays.stream(), consumers.stream().limit(1))
                .map(this::process)
                .toList();
        return broker.registryNetwork().map(network -> new RegistryFault(network, services, databaseUrl()));
    }

    private void addTargets() {
        targets.add(new Target(producers, Target.PROCESS));
        targets.add(new Target(relays, Target.PROCESS));
        targets.add(new Target(consumers, Target.MEMBER));
        targets.add(new Target(List.of(BROKER), Target.SERVER));
        targets.add(new Target(List.of(DATABASE), Target.SERVER));
        targets.add(new Target(List.of(networkTo(BROKER)), Target.NETWORK));
        targets.add(new Target(
                processes.keySet().stream()
                        .map(name -> networkTo(DATABASE, name))
                        .toList(),
                Target.NETWORK));
        addSwitch("receiver mirror: interrupts", FaultKind.INTERRUPT, FaultSwitch.INTERRUPT);
        addSwitch("receiver mirror: blocking", FaultKind.BLOCK, FaultSwitch.BLOCK);
        addSwitch("receiver mirror: errors", FaultKind.ERROR, FaultSwitch.ERROR);
        addSwitch("size of events", FaultKind.LARGE_EVENTS, FaultSwitch.LARGE_EVENTS);
        add(Counters.HOT, hotKey, Target.of(Counters.HOT, FaultKind.HOT_KEY));
        ConsumerProcesses members = new ConsumerProcesses(processes(consumers), folder);
        add(RENAMED_RECEIVER, new ReceiverRenameFault(folder, members), Target.of(RENAMED_RECEIVER, FaultKind.RENAME));
        TopicFaults topicFaults =
                new TopicFaults(register(broker.topicTampering()), processes(relays), members, losses);
        add(RigNames.TOPIC, topicFaults, new Target(List.of(RigNames.TOPIC), Target.TOPIC));
        broker.groupTampering()
                .map(this::register)
                .ifPresent(group -> add(
                        GROUP,
                        new GroupFaults(group, folder, members, losses),
                        new Target(List.of(GROUP), Target.GROUP)));
        registryFault.ifPresent(fault -> add(REGISTRY, fault, Target.of(REGISTRY, FaultKind.REGISTRY_FAILURE)));
        FaultSwitch.WITHOUT_IDS.turn(selection.has(RunVariant.WITHOUT_IDS), folder);
    }

    private void addSwitch(String name, FaultKind kind, FaultSwitch faultSwitch) {
        add(name, FaultInjectors.of(faultSwitch, folder), Target.of(name, kind));
    }

    private void add(String name, FaultInjector injector, Target target) {
        injectors.put(name, injector);
        targets.add(target);
    }

    private List<ServiceProcess> processes(List<String> names) {
        return names.stream().map(this::process).toList();
    }

    /** The targets of the selected faults. */
    List<Target> targets() {
        return selection.of(targets);
    }

    /** The events that were stuck while another key failed, or after the registry had recovered. */
    List<RecordedEvent> stuckEvents() {
        return Stream.concat(hotKey.stuck().stream(), registryFault.stream().flatMap(fault -> fault.stuck().stream()))
                .toList();
    }

    /** What faults made the broker lose. */
    List<BrokerLoss> losses() {
        return losses.losses();
    }

    Map<String, FaultInjector> injectors() {
        return injectors;
    }

    List<String> consumers() {
        return consumers;
    }

    String broker() {
        return BROKER;
    }

    /** The settings with which a service uses the broker. */
    Map<String, String> brokerSettings() {
        return broker.settings();
    }

    /** The URL of the database without a proxy, and so without network faults. */
    String databaseUrl() {
        return EmbeddedPostgres.jdbcUrl(database.port());
    }

    Path folder() {
        return folder;
    }

    Path logs() {
        return folder.resolve("logs");
    }

    /** Stops everything in the reverse order of its start; keeps the logs. */
    @Override
    public void close() {
        logs.forEach(ServerLog::save);
        @Nullable IllegalStateException failure = null;
        for (AutoCloseable closeable : open) {
            try {
                closeable.close();
            } catch (Exception e) {
                failure = failure == null
                        ? new IllegalStateException("Could not stop everything that was started", e)
                        : failure;
            }
        }
        open.clear();
        if (failure != null) {
            throw failure;
        }
    }
}
