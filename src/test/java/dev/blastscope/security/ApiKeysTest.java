package dev.blastscope.security;

class ApiKeysTest extends ApiKeysContract {

    @Override
    KeyDatabase open() {
        return KeyDatabase.h2();
    }
}
