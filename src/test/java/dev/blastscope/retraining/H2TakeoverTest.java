package dev.blastscope.retraining;

class H2TakeoverTest extends TakeoverContract {

    @Override
    String database() {
        return "";
    }
}
