package dev.blastscope.security;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.stereotype.Component;

/** Whether an admin gets in without a key of the database: with a bearer token, or with the key of the settings. */
@Component
final class AdminAccess {

    private final boolean withoutStoredKey;

    AdminAccess(ObjectProvider<JwtDecoder> decoder, AdminKeySetting setting) {
        withoutStoredKey = decoder.getIfAvailable() != null || setting.isSet();
    }

    boolean withoutStoredKey() {
        return withoutStoredKey;
    }
}
