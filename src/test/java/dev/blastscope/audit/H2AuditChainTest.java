package dev.blastscope.audit;

class H2AuditChainTest extends AuditChainContract {

    @Override
    AuditDatabase open() {
        return AuditDatabase.h2InMemory();
    }
}
