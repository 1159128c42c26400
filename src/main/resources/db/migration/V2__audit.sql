-- The audit trail: a chain of records, and its end, which is locked to append to it.

create table audit_head (
    id   integer     not null primary key,
    seq  bigint      not null,
    hash varchar(64) not null
);

insert into audit_head (id, seq, hash)
values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

create table audit_record (
    seq           bigint                   not null primary key,
    recorded_at   timestamp with time zone not null,
    actor         varchar(255)             not null,
    action        varchar(40)              not null,
    -- The contents, which an erasure sets to null; the digest remains.
    image         varchar(64),
    -- The value of the same name in the details, for its index.
    prediction_id varchar(36),
    salt          varchar(32),
    details       text,
    digest        varchar(64)              not null,
    previous_hash varchar(64)              not null,
    hash          varchar(64)              not null
);

create index audit_record_image on audit_record (image);
create index audit_record_prediction on audit_record (prediction_id);
create index audit_record_actor on audit_record (actor, seq);
create index audit_record_action on audit_record (action, seq);
create index audit_record_time on audit_record (recorded_at);
