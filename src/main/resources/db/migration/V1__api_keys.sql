-- The keys of clients. Only the hash of a secret is stored; the previous one is valid until previous_until.
create table api_key (
    id varchar(12) not null,
    name varchar(64) not null,
    role varchar(16) not null,
    hash varchar(64) not null,
    previous_hash varchar(64),
    previous_until timestamp with time zone,
    created_at timestamp with time zone not null,
    rotated_at timestamp with time zone not null,
    constraint api_key_id primary key (id),
    constraint api_key_name unique (name)
);
