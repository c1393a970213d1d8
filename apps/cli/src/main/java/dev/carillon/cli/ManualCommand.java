package dev.carillon.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code carillon manual}. */
@Command(
        name = "manual",
        header = "Print the manual page of all commands, for man.",
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {ExitCode.SUCCESS_HELP, ExitCode.USAGE_HELP},
        footer = {
            "",
            "Examples:",
            "  carillon manual > ~/.local/share/man/man1/carillon.1",
            "  carillon manual | man -l -"
        })
final class ManualCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ManualCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.print(new ManualPage(spec.root().commandLine()).text());
        return ExitCode.SUCCESS;
    }
}
