package dev.carillon.cli;

import dev.carillon.bus.config.Settings;
import dev.carillon.cli.demo.Demo;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code carillon demo}. */
@Command(
        name = "demo",
        header = "Run a demo: an LMS, a broker, and a credentials service in its own process.",
        description = {
            "",
            "Starts Redis, or Kafka with a schema registry. The LMS grants and revokes course certificates, and publishes the events"
                    + " that EVENT_BUS_PRODUCER_CONFIG enables. The credentials service consumes the topic"
                    + " learning-certificate-lifecycle and maintains each learner's course credentials. Some events come from"
                    + " a recording of the Python producer.",
            "",
            "Two settings are used: SEND_CERTIFICATE_CREATED_SIGNAL and SEND_CERTIFICATE_REVOKED_SIGNAL. With false, the LMS"
                    + " does not publish grants or revocations. Default: true."
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            "0:Every event arrived exactly once",
            "1:An event is missing or arrived twice, or the demo could not run",
            ExitCode.SETTINGS_HELP
        },
        footer = {
            "",
            "Examples:",
            "  carillon demo",
            "  carillon demo --events 50000",
            "  carillon demo --bus kafka",
            "  SEND_CERTIFICATE_REVOKED_SIGNAL=false carillon demo"
        })
final class DemoCommand implements Callable<Integer> {

    private static final int MAX_EVENTS = 10_000_000;

    private final Console console;

    @Option(
            names = "--events",
            paramLabel = "N",
            description = "How many certificates the LMS grants or revokes. Default: ${DEFAULT-VALUE}.")
    private int events = 5_000;

    @Option(names = "--bus", paramLabel = "redis|kafka", description = "The broker. Default: ${DEFAULT-VALUE}.")
    private Demo.Bus bus = Demo.Bus.REDIS;

    @Mixin
    private BusOptions busOptions = new BusOptions();

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (events < 1 || events > MAX_EVENTS) {
            throw CommandException.usage("--events must be between 1 and " + MAX_EVENTS + ", but is " + events);
        }
        PrintWriter out = new PrintWriter(console.out(), true, StandardCharsets.UTF_8);
        Settings settings = busOptions.settings(console);
        try {
            Demo demo = Demo.of(bus, events, settings, out, console.onTerminal());
            return demo.run() ? ExitCode.SUCCESS : ExitCode.FAILED;
        } catch (NoClassDefFoundError e) {
            if (!String.valueOf(e.getMessage()).startsWith("dev/carillon/embedded/")) {
                throw e;
            }
            throw CommandException.failed(
                    "The demo starts servers that the distribution does not contain. It runs in the sources of Carillon:"
                            + " bin/carillon demo",
                    e);
        }
    }
}
