package dev.blastscope.trainingjobs;

class H2CrashIT extends CrashContract {

    @Override
    String database() {
        return "";
    }
}
