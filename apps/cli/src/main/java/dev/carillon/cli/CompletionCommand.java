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
        exitCodeList = {ExitCode.FINE_HELP, ExitCode.USAGE_HELP},
        footer = {
            "",
            "Examples:",
            "  source <(carillon completion)",
            "  carillon completion > ~/.local/share/bash-completion/completions/carillon"
        })
final class CompletionCommand implements Callable<Integer> {

    private final Caller caller;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    CompletionCommand(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Integer call() {
        Output output = new Output(caller.out());
        output.text(AutoComplete.bash("carillon", spec.root().commandLine()));
        output.flush();
        return ExitCode.FINE;
    }
}
