-- Which model is active, what each replica serves, and the published models that replicas share.

-- Locked by each change of the tables below; grows with each, so that a replica polls one number only.
create table release_head (
    id       integer not null primary key,
    revision bigint  not null
);

insert into release_head (id, revision) values (1, 0);

-- Rows are added and never changed.
create table model_activation (
    id           bigint                   not null primary key,
    version      varchar(32)              not null,
    digest       varchar(71)              not null,
    activated_at timestamp with time zone not null,
    actor        varchar(255)             not null,
    why          text                     not null,
    -- The activation that a rollback goes back to.
    previous     bigint references model_activation (id)
);

create table replica (
    id      varchar(36)              not null primary key,
    version varchar(32)              not null,
    digest  varchar(71)              not null,
    seen_at timestamp with time zone not null
);

-- A deleted version keeps its row: its name is never given to another model.
create table model_version (
    version varchar(32) not null primary key,
    digest  varchar(71) not null,
    deleted boolean     not null
);

create table model_file (
    version varchar(32) not null references model_version (version),
    name    varchar(64) not null,
    sha256  varchar(64) not null,
    length  bigint      not null,
    primary key (version, name)
);

create index model_file_sha256 on model_file (sha256);

-- The files of models, in chunks. Their owner is the SHA-256 of the whole file: one that several versions have is stored once.
create table model_chunk (
    owner   varchar(64) not null,
    part    integer     not null,
    sha256  varchar(64) not null,
    content bytea       not null,
    primary key (owner, part)
);
