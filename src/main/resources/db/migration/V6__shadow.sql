-- The challenger: a model that scores what the active one answers, and answers nothing. At most one row.
create table shadow_model (
    id         integer                  not null primary key check (id = 1),
    version    varchar(32)              not null,
    digest     varchar(71)              not null,
    started_at timestamp with time zone not null,
    actor      varchar(255)             not null,
    why        text                     not null
);
