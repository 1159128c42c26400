package dev.blastscope.commandline;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** What a command answered: its exit code, and what it wrote to standard output and to the error stream. */
record CommandRun(int exitCode, String out, String err) {

    static CommandRun of(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] args = new String[arguments.length];
        for (int i = 0; i < args.length; i++) {
            args[i] = arguments[i].toString();
        }
        CommandLine commands =
                Commands.commands().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int exitCode = commands.execute(args);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }
}
