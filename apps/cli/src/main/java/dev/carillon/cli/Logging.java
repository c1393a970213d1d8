package dev.carillon.cli;

import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/**
 * What the log says on standard error. The logging library asks once, when a logger is made, so this must be set before;
 * {@code simplelogger.properties} holds the rest. For the process, not for tests, which share it.
 */
final class Logging {

    private static final String LEVEL_OF = "org.slf4j.simpleLogger.log.";
    private static final String PRODUCER = LEVEL_OF + "dev.carillon.bus.EventProducer";
    private static final String SETTINGS = LEVEL_OF + "dev.carillon.bus.EventBus";
    private static final String RECEIVERS = LEVEL_OF + "dev.carillon.events.Events";

    private Logging() {}

    /** Warnings and errors, but not what the command says in words of its own; or, when verbose, all. */
    static void setUp(CommandLine commandLine, ParseResult parsed) {
        if (Carillon.isVerbose(commandLine)) {
            System.setProperty(LEVEL_OF + "dev.carillon", "debug");
            return;
        }
        Object command =
                parsed.hasSubcommand() ? parsed.subcommand().commandSpec().userObject() : "none";
        if (command instanceof ProduceEventCommand) {
            System.setProperty(PRODUCER, "off");
        } else if (command instanceof ConsumeEventsCommand) {
            System.setProperty(RECEIVERS, "off");
        } else if (command instanceof DoctorCommand) {
            System.setProperty(SETTINGS, "off");
        }
    }
}
