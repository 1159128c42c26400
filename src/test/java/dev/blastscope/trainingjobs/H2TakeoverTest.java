package dev.blastscope.trainingjobs;

class H2TakeoverTest extends TakeoverContract {

    @Override
    String database() {
        return "";
    }
}
