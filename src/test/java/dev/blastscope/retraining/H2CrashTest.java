package dev.blastscope.retraining;

class H2CrashTest extends CrashContract {

    @Override
    String database() {
        return "";
    }
}
