package dev.blastscope.commandline;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** Runs the commands. Their exit codes are 0 for success, 1 for a failure and 2 for invalid arguments. */
@Command(
        name = "blastscope",
        description =
                "Screens photographs of peripheral blood smears for acute lymphoblastic leukaemia. Research use only."
                        + " Without a command it starts the service.",
        mixinStandardHelpOptions = true,
        versionProvider = Commands.Version.class,
        subcommands = {TrainCommand.class, EvaluateCommand.class, PredictCommand.class, AuditCommand.class})
public final class Commands {

    private Commands() {}

    /** The exit code of the command that the arguments name; empty if they are only settings of the service. */
    public static OptionalInt run(String[] args) {
        CommandLine commands = commands();
        return isForService(commands, args) ? OptionalInt.empty() : OptionalInt.of(commands.execute(args));
    }

    static CommandLine commands() {
        return new CommandLine(new Commands())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    Failure failure = Failure.of(e).orElseThrow(() -> e);
                    command.getErr().println(failure.message());
                    return failure.exitCode();
                });
    }

    /** An unknown command is a mistake, and must not start the service. */
    private static boolean isForService(CommandLine commands, String[] args) {
        return args.length == 0
                || (args[0].startsWith("--") && commands.getCommandSpec().findOption(args[0]) == null);
    }

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            @Nullable String version = Commands.class.getPackage().getImplementationVersion();
            return new String[] {"blastscope " + Optional.ofNullable(version).orElse("unbuilt")};
        }
    }
}
