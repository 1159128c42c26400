-- The data sets that replicas share, each as one tar in chunks.

create table dataset (
    id        varchar(36)              not null primary key,
    -- Both are null until every chunk is there; only then is it visible.
    name      varchar(64)              unique,
    chunks    integer,
    report    text                     not null,
    -- When its upload last added a chunk; one that did not for long was abandoned.
    signed_at timestamp with time zone not null
);

create table dataset_chunk (
    owner   varchar(36) not null references dataset (id) on delete cascade,
    part    integer     not null,
    sha256  varchar(64) not null,
    content bytea       not null,
    primary key (owner, part)
);

-- What was deleted, so that a copy of it is known on whichever replica it lies.
create table dataset_deleted (
    name    varchar(64) not null,
    digest  varchar(71) not null,
    created varchar(40) not null,
    primary key (name, digest, created)
);
