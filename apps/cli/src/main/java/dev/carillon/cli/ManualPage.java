package dev.carillon.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A command line with all its subcommands as a manual page, in the macros of man(7). */
final class ManualPage {

    /** Text is not wrapped: man does it. */
    private static final int WITHOUT_WRAPPING = 10_000;

    private static final String EXAMPLES = "Examples:";

    private static final Map<String, String> VARIABLES = Map.of(
            "EVENT_BUS_...", "The settings of the event bus, with the names that the Python services use.",
            "CARILLON_SETTINGS", "A YAML or JSON file with settings. Environment variables override it.",
            "CARILLON_CLASSPATH", "Jars with events and receivers of your own, separated by colons.",
            "CARILLON_PLUGINS", "A folder of plugins, for the command work.",
            "CARILLON_JAVA_OPTS", "Further options for Java, such as -Xmx1g.",
            "CARILLON_CACHE",
                    "The folder of what makes later commands start faster; if it is empty, nothing is stored.",
            "JAVA_HOME", "The Java to run with, 17 or later; without it, the one on the PATH.",
            "NO_COLOR", "If it is not empty, the output has no colors.");

    private final CommandLine root;
    private final StringBuilder page = new StringBuilder();

    ManualPage(CommandLine root) {
        this.root = root.setUsageHelpWidth(WITHOUT_WRAPPING);
    }

    /** The whole page. */
    String text() {
        Help help = root.getHelp();
        macro("TH", "CARILLON", "1", "", Version.lines().get(0), "User Commands");
        macro("SH", "NAME");
        line("carillon \\- " + escaped(help.header().strip()));
        macro("SH", "SYNOPSIS");
        line("\\fBcarillon\\fR COMMAND [OPTIONS]");
        macro("SH", "DESCRIPTION");
        paragraphs(help.description());
        macro("SH", "OPTIONS");
        line("Each command has these options, too, except for \\-\\-version.");
        options(root);
        macro("SH", "COMMANDS");
        commands(root);
        macro("SH", "ENVIRONMENT");
        VARIABLES.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(variable -> item(variable.getKey(), variable.getValue()));
        macro("SH", "EXIT STATUS");
        exitCodes(root);
        macro("SH", "EXAMPLES");
        examples(root);
        return page.toString();
    }

    private void commands(CommandLine parent) {
        parent.getSubcommands().values().stream()
                .filter(command -> !(command.getCommand() instanceof HelpCommand))
                .forEach(this::command);
    }

    private void command(CommandLine command) {
        Help help = command.getHelp();
        macro("SS", command.getCommandSpec().qualifiedName());
        paragraphs(help.header());
        paragraphs(help.description());
        if (command.getSubcommands().isEmpty()) {
            preformatted(List.of(help.abbreviatedSynopsis().strip()));
            options(command);
            exitCodes(command);
        }
        examples(command);
        commands(command);
    }

    private void options(CommandLine command) {
        for (ArgSpec parameter : command.getCommandSpec().positionalParameters()) {
            item(parameter.paramLabel(), description(parameter));
        }
        boolean isRoot = command == root;
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (!option.hidden() && (isRoot || !isCommon(option))) {
                String label = option.arity().max() > 0 ? "=" + option.paramLabel() : "";
                item(String.join(", ", option.names()) + label, description(option));
            }
        }
    }

    /** Whether the page describes the option once, with the options of the root. */
    private static boolean isCommon(OptionSpec option) {
        return option.usageHelp() || option.longestName().equals("--verbose");
    }

    private static String description(ArgSpec argument) {
        return String.format(String.join(" ", argument.description()));
    }

    private void exitCodes(CommandLine command) {
        Map<String, String> codes = command.getCommandSpec().usageMessage().exitCodeList();
        if (command != root && !codes.isEmpty()) {
            line(".PP");
            line("Exit codes:");
        }
        codes.forEach(this::item);
    }

    private void examples(CommandLine command) {
        String footer = command.getHelp().footer();
        int begin = footer.indexOf(EXAMPLES);
        List<String> examples = footer.substring(Math.max(begin, 0))
                .lines()
                .filter(text -> !text.isBlank() && (command != root || text.startsWith("  ")))
                .toList();
        preformatted(examples);
    }

    private void paragraphs(String text) {
        text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(paragraph -> {
            line(".PP");
            line(escaped(paragraph));
        });
    }

    private void preformatted(List<String> lines) {
        if (!lines.isEmpty()) {
            line(".PP");
            line(".nf");
            lines.forEach(text -> line(escaped(text)));
            line(".fi");
        }
    }

    private void item(String name, String text) {
        line(".TP");
        line("\\fB" + escaped(name).replaceFirst("^\\\\&", "") + "\\fR");
        line(escaped(text));
    }

    private void macro(String name, String... arguments) {
        page.append('.').append(name);
        for (String argument : arguments) {
            page.append(" \"").append(escaped(argument).replace("\"", "\\(dq")).append('"');
        }
        page.append('\n');
    }

    private void line(String text) {
        page.append(text).append('\n');
    }

    /** Text that man shows as it is: hyphens can be copied, and no line is a macro. */
    private static String escaped(String text) {
        String escaped = text.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("'", "\\(aq")
                .replace("`", "\\(ga");
        return escaped.startsWith(".") ? "\\&" + escaped : escaped;
    }
}
