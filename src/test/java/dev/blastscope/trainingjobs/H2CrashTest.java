package dev.blastscope.trainingjobs;

class H2CrashTest extends CrashContract {

    @Override
    String database() {
        return "";
    }
}
