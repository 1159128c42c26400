package dev.blastscope.commandline;

import picocli.CommandLine.Command;

/** Looks after the audit trail. */
@Command(
        name = "audit",
        description = "Looks after the audit trail.",
        versionProvider = Commands.Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "verify",
        subcommands = AuditVerifyCommand.class)
final class AuditCommand {}
