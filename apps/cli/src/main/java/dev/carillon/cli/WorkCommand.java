package dev.carillon.cli;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.EventConsumer;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.ConsumerCounts;
import dev.carillon.bus.consumer.ConsumerHealth;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.FailurePolicy;
import dev.carillon.bus.consumer.RetryPolicy;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.cli.worker.HealthServer;
import dev.carillon.cli.worker.HealthServer.Page;
import dev.carillon.cli.worker.PluginFolder;
import dev.carillon.events.Events;
import dev.carillon.events.internal.Shown;
import dev.carillon.events.plugins.Plugins;
import dev.carillon.micrometer.EventMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code carillon work}. */
@Command(
        name = "work",
        header = "Run the receivers of plugins: a worker without code of its own.",
        description = {
            "",
            "Consumes topics and calls the receivers that plugins declare in META-INF/carillon/plugin.yaml for the service type."
                    + " Plugins are the jars in the folder --plugins, with their libraries in its folder lib, and those on"
                    + " CARILLON_CLASSPATH. What receivers send is published as EVENT_BUS_PRODUCER_CONFIG says.",
            "",
            "A receiver that fails is called again with increasing delays; an event that keeps failing becomes a dead letter. On"
                    + " SIGTERM and Ctrl-C, reading stops; events that were read are delivered and acknowledged, and"
                    + " everything that was sent is published.",
            "",
            "Over HTTP: /health/live, /health/ready, and /metrics for Prometheus."
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            "0:It was stopped",
            "1:Too many consecutive errors, as the settings define it",
            "2:Wrong usage, settings or plugins; nothing was done"
        },
        footer = {
            "",
            "Examples:",
            "  export EVENT_BUS_REDIS_CONNECTION_URL=redis://localhost:6379/0",
            "  carillon work -t learning-certificate-lifecycle -g badges --plugins plugins",
            "  carillon work -t user-login -t course-catalog-info-changed -g crm --service-type cms.djangoapp"
        })
final class WorkCommand implements Callable<Integer>, Main.LogsAsService {

    private static final String FOLDER_VARIABLE = "CARILLON_PLUGINS";

    /** For publishing what was sent, when the broker is slow or unavailable. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(100);

    private final Console console;

    @Option(
            names = {"-t", "--topic"},
            required = true,
            paramLabel = "TOPIC",
            converter = SharedOptions.NotBlank.class,
            description = "A topic, without the prefix of the settings. May be given several times.")
    private List<String> topics = new ArrayList<>();

    @Option(
            names = {"-g", "--group_id", "--group-id"},
            required = true,
            paramLabel = "GROUP",
            converter = SharedOptions.NotBlank.class,
            description = "The consumer group.")
    private String group = "";

    @Option(
            names = "--service-type",
            paramLabel = "TYPE",
            converter = SharedOptions.NotBlank.class,
            description = "The service type whose receivers are called. Default: lms.djangoapp.")
    private String serviceType = "lms.djangoapp";

    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            description =
                    "A folder whose jars are plugins. Default: the folder that " + FOLDER_VARIABLE + " names, if set.")
    private @Nullable Path plugins;

    @Option(
            names = "--from",
            paramLabel = "earliest|latest|ID|TIME",
            converter = SharedOptions.StartPosition.class,
            description = "Where a new group starts. Default: with the next new event.")
    private StartAt from = StartAt.latest();

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            description =
                    "The number of events that are delivered in parallel; those of a key stay in order. Default: 8.")
    private int concurrency = ConsumerOptions.defaults().concurrency();

    @Option(
            names = "--max-attempts",
            paramLabel = "N",
            description = "How often a receiver is called with an event before it becomes a dead letter. Default: 5.")
    private int maxAttempts = RetryPolicy.defaults().maxAttempts();

    @Option(
            names = "--block-keys",
            description =
                    "Events behind a dead letter with the same key become dead letters, too, so that none overtakes it.")
    private boolean blockKeys;

    @Option(
            names = "--drain-timeout",
            paramLabel = "SECONDS",
            description = "How long stopping waits for receivers. Default: 30.")
    private int drainSeconds = (int) ConsumerOptions.defaults().drainTimeout().toSeconds();

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            description = "The port for probes and metrics; 0 for any free one, which is logged. Default: 8080.")
    private int httpPort = 8080;

    @Option(
            names = "--http-address",
            paramLabel = "ADDRESS",
            description = "The address that this port belongs to. Default: all of this machine.")
    private String httpAddress = "0.0.0.0";

    @Mixin
    private BusOptions busOptions = new BusOptions();

    private final AtomicBoolean stopping = new AtomicBoolean();

    WorkCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        ConsumerOptions options = options();
        Settings settings = busOptions.settings(console);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (PluginFolder folder = openFolder()) {
            // events, transports and receivers are looked up with it
            Thread.currentThread().setContextClassLoader(folder == null ? before : folder.classLoader());
            Events events = BusOptions.events(settings);
            connect(events, folder);
            return work(settings, events, options);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private ConsumerOptions options() {
        if (httpPort < 0 || httpPort > 65_535) {
            throw CommandException.usage("--http-port must be from 0 to 65535, but is " + httpPort);
        }
        try {
            return ConsumerOptions.defaults()
                    .withConcurrency(concurrency)
                    .withStartAt(from)
                    .withRetries(RetryPolicy.defaults().withMaxAttempts(maxAttempts))
                    .withFailurePolicy(FailurePolicy.deadLetters(
                            blockKeys ? FailurePolicy.KeyPolicy.BLOCK : FailurePolicy.KeyPolicy.CONTINUE))
                    .withDrainTimeout(Duration.ofSeconds(drainSeconds));
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(e);
        }
    }

    private @Nullable PluginFolder openFolder() {
        String named = console.variables().getOrDefault(FOLDER_VARIABLE, "");
        Path folder = plugins == null && !named.isBlank() ? Path.of(named) : plugins;
        try {
            return folder == null ? null : PluginFolder.open(folder, WorkCommand.class.getClassLoader());
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(e);
        }
    }

    private void connect(Events events, @Nullable PluginFolder folder) {
        ClassLoader classPath = Thread.currentThread().getContextClassLoader();
        if (!Plugins.connect(events, serviceType, classPath).isEmpty()) {
            if (folder != null) {
                folder.without(serviceType).forEach(console::message);
            }
            return;
        }
        SortedSet<String> declared = Plugins.serviceTypes(classPath);
        throw CommandException.usage(
                declared.isEmpty()
                        ? "There is no plugin: give the folder of its jar with --plugins, or name the jar in"
                                + " CARILLON_CLASSPATH"
                        : "No plugin declares receivers for the service type " + Shown.quoted(serviceType)
                                + ", only for " + String.join(", ", declared)
                                + ": give one of these with --service-type");
    }

    private int work(Settings settings, Events events, ConsumerOptions options) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        try (EventMetrics metrics = EventMetrics.of(registry)) {
            EventBus bus = EventBus.builder(settings, events).intercept(metrics).open();
            EventConsumer consumer;
            try {
                consumer = metrics.watch(bus.consumer(topics, group, options));
            } catch (RuntimeException e) {
                bus.close();
                throw e;
            }
            return work(bus, consumer, registry, options);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(e);
        } catch (IllegalStateException e) {
            throw CommandException.failed(String.valueOf(e.getMessage()), e);
        }
    }

    private int work(EventBus bus, EventConsumer consumer, PrometheusMeterRegistry registry, ConsumerOptions options) {
        Runnable stop = () -> {
            stopping.set(true);
            consumer.stop();
        };
        try (ShutdownHandler shutdown =
                ShutdownHandler.onSignal(stop, options.drainTimeout().plus(CLOSE_TIMEOUT))) {
            // closing the bus publishes what receivers have sent; until then, the probes get a response
            try (HealthServer server = startServer(consumer, registry);
                    bus) {
                console.message("http://" + httpAddress + ":" + server.port()
                        + " has /health/live, /health/ready and /metrics");
                consumer.run();
            } finally {
                console.message(summary(consumer.counts()));
            }
            return shutdown.endedWith(ExitCode.SUCCESS);
        }
    }

    private HealthServer startServer(EventConsumer consumer, PrometheusMeterRegistry registry) {
        Supplier<Page> live = () -> consumer.health().isLive(Instant.now())
                ? Page.text(200, "live")
                : Page.text(503, "not live: the consumer has made no progress for a minute, or has ended");
        Supplier<Page> metrics = () -> new Page(200, "text/plain; version=0.0.4; charset=utf-8", registry.scrape());
        return HealthServer.start(
                new InetSocketAddress(httpAddress, httpPort),
                Map.of("/health/live", live, "/health/ready", () -> ready(consumer.health()), "/metrics", metrics));
    }

    private Page ready(ConsumerHealth health) {
        if (stopping.get()) {
            return Page.text(503, "not ready: stopping");
        }
        return health.isReady(Instant.now()) ? Page.text(200, "ready") : Page.text(503, "not ready: " + reason(health));
    }

    private static String reason(ConsumerHealth health) {
        Instant now = Instant.now();
        if (!health.isLive(now)) {
            return "the consumer has not begun, or is not live";
        }
        if (!health.blocked().isEmpty()) {
            return health.blocked().size() + " messages block their keys: their dead letters cannot be stored";
        }
        return health.stuckWorkers(now).isEmpty()
                ? "the broker does not respond"
                : "a receiver has been busy with one event for five minutes";
    }

    private static String summary(ConsumerCounts counts) {
        StringBuilder summary = new StringBuilder(
                counts.delivered() + (counts.delivered() == 1 ? " event handled" : " events handled"));
        append(summary, counts.deadLettered(), "became dead letters");
        append(summary, counts.withoutReceiver(), "without a receiver skipped");
        append(
                summary,
                counts.unknownType(),
                "of unknown event types skipped (their events: in a plugin, or on CARILLON_CLASSPATH)");
        return summary.toString();
    }

    private static void append(StringBuilder summary, long count, String what) {
        if (count > 0) {
            summary.append("; ").append(count).append(' ').append(what);
        }
    }
}
