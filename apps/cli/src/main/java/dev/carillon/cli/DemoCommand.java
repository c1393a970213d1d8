package dev.carillon.cli;

import dev.carillon.cli.demo.Demo;
import dev.carillon.cli.demo.DemoBus;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code carillon demo}. */
@Command(
        name = "demo",
        header = "Run the certificate story: an LMS, a broker, and a credentials service in a process of its own.",
        description = {
            "",
            "Starts a Redis of its own, or a Kafka with a schema registry. The LMS side grants and revokes course certificates, and publishes them as"
                    + " EVENT_BUS_PRODUCER_CONFIG says; the credentials side consumes learning-certificate-lifecycle and"
                    + " keeps each learner's course credentials. Entries recorded from the Python producer travel along.",
            "",
            "Of the settings, SEND_CERTIFICATE_CREATED_SIGNAL and SEND_CERTIFICATE_REVOKED_SIGNAL count: false keeps the"
                    + " grants, or the revocations, in the LMS. Both are true unless set."
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            "0:Every event arrived, and none twice",
            "1:An event is missing or came twice, or the demo could not run",
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

    private static final int MOST_EVENTS = 10_000_000;

    private final Caller caller;

    @Option(
            names = "--events",
            paramLabel = "N",
            description = "How many certificates the LMS grants or revokes. Default: ${DEFAULT-VALUE}.")
    private int events = 5_000;

    @Option(
            names = "--bus",
            paramLabel = "redis|kafka",
            description = "The broker to run on. Default: ${DEFAULT-VALUE}.")
    private DemoBus bus = DemoBus.REDIS;

    @Mixin
    private SettingsOption settingsOption = new SettingsOption();

    DemoCommand(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Integer call() throws Exception {
        if (events < 1 || events > MOST_EVENTS) {
            throw new UsageException("--events must be between 1 and " + MOST_EVENTS + ", but is " + events);
        }
        PrintWriter out = new PrintWriter(caller.out(), true, StandardCharsets.UTF_8);
        Demo demo = Demo.of(bus, events, settingsOption.load(caller.variables()), out, caller.onTerminal());
        return demo.run() ? ExitCode.FINE : ExitCode.FAILED;
    }
}
