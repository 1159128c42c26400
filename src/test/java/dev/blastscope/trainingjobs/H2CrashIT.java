package dev.blastscope.trainingjobs;

import java.util.List;

class H2CrashIT extends CrashContract {

    @Override
    String database() {
        return "";
    }

    @Override
    List<Step> steps() {
        return STEPS;
    }
}
