package dev.blastscope.trainingjobs;

class H2TakeoverIT extends TakeoverContract {

    @Override
    String database() {
        return "";
    }
}
