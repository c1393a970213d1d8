package dev.carillon.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code carillon completion}. */
@Command(
        name = "completion",
        header = "Print a script that lets bash or zsh complete commands, options and event types.",
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {ExitCode.SUCCESS_HELP, ExitCode.USAGE_HELP},
        footer = {
            "",
            "Examples:",
            "  source <(carillon completion)",
            "  carillon completion > ~/.local/share/bash-completion/completions/carillon"
        })
final class CompletionCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.print(AutoComplete.bash("carillon", spec.root().commandLine()));
        return ExitCode.SUCCESS;
    }
}
