-- The trainings, and the queue that hands them to the nodes.

create table training (
    id               varchar(36)              not null primary key,
    created_at       timestamp with time zone not null,
    started_by       varchar(255)             not null,
    dataset          varchar(64)              not null,
    original_dataset varchar(64),
    -- The order, as JSON; and its digest until the training has ended, so that no order is there twice.
    asked            text                     not null,
    unfinished       varchar(64)              unique,
    state            varchar(20)              not null,
    cancelled        boolean                  not null,
    -- How many times a node began it; a node that was thought dead writes nothing once another one began it.
    attempts         integer                  not null,
    node             varchar(255),
    started_at       timestamp with time zone,
    ended_at         timestamp with time zone,
    -- Grows with each change, so that listeners see what is new.
    revision         bigint                   not null,
    reason           text,
    progress         text,
    report           text,
    version          varchar(40),
    promotion        text,
    activated        boolean                  not null
);

create index training_created on training (created_at);

-- As db-scheduler expects it, in types that H2 and PostgreSQL share.
create table scheduled_tasks (
    task_name            varchar(100)             not null,
    task_instance        varchar(100)             not null,
    task_data            bytea,
    execution_time       timestamp with time zone not null,
    picked               boolean                  not null,
    picked_by            varchar(255),
    last_success         timestamp with time zone,
    last_failure         timestamp with time zone,
    consecutive_failures integer,
    last_heartbeat       timestamp with time zone,
    version              bigint                   not null,
    priority             smallint,
    primary key (task_name, task_instance)
);

create index scheduled_tasks_execution_time on scheduled_tasks (execution_time);
create index scheduled_tasks_last_heartbeat on scheduled_tasks (last_heartbeat);
