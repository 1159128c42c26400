package dev.blastscope.commandline;

import picocli.CommandLine.IVersionProvider;

/** The version that the jar was built with. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"blastscope " + (version == null ? "(not built as a jar)" : version)};
    }
}
