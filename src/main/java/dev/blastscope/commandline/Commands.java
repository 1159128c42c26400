package dev.blastscope.commandline;

import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.inference.UnusableModel;
import dev.blastscope.modelstore.InvalidWeights;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Runs the program's commands and tells their exit codes: 0 done, 1 could not be done, 2 asked for wrongly. */
@Command(
        name = "blastscope",
        description =
                "Screens photographs of peripheral blood smears for acute lymphoblastic leukaemia. Research use only."
                        + " Without a command it starts the service.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {TrainCommand.class, EvaluateCommand.class, PredictCommand.class})
public final class Commands {

    private Commands() {}

    /** The exit code of the command that the arguments name; empty if they name none and are for the service. */
    public static OptionalInt run(String[] args) {
        CommandLine commands = new CommandLine(new Commands())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    if (!isForPeople(e)) {
                        throw e;
                    }
                    command.getErr().println(e.getMessage());
                    return command.getCommandSpec().exitCodeOnExecutionException();
                });
        boolean isCommand = args.length > 0
                && (commands.getSubcommands().containsKey(args[0])
                        || Arrays.asList("--help", "-h", "--version", "-V").contains(args[0]));
        return isCommand ? OptionalInt.of(commands.execute(args)) : OptionalInt.empty();
    }

    /** Whether the message was written for who runs the command, so that a stack trace would only hide it. */
    private static boolean isForPeople(Exception e) {
        return e instanceof DatasetRejected
                || e instanceof InvalidWeights
                || e instanceof UnusableModel
                || e instanceof UncheckedIOException
                || e instanceof InterruptedException;
    }
}
