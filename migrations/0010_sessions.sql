-- migrate:up
CREATE TABLE cavatica_account (
    user_id uuid NOT NULL,
    token bytea NOT NULL,
    name text NOT NULL,
    project text NOT NULL,
    changed timestamp with time zone NOT NULL,
    CONSTRAINT pk_cavatica_account PRIMARY KEY (user_id),
    CONSTRAINT fk_cavatica_account_user_id FOREIGN KEY (user_id) REFERENCES user_account (id) ON DELETE CASCADE
);

CREATE TABLE proxy_session (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    launcher text NOT NULL,
    project text NOT NULL,
    state integer NOT NULL,
    run_id text,
    reason text,
    created timestamp with time zone NOT NULL,
    connected timestamp with time zone,
    ended timestamp with time zone,
    secret_hash text NOT NULL,
    next_secret_hash text,
    epoch integer NOT NULL,
    replica_url text,
    boot_id uuid,
    lost timestamp with time zone,
    CONSTRAINT pk_proxy_session PRIMARY KEY (id),
    CONSTRAINT fk_proxy_session_user_id FOREIGN KEY (user_id) REFERENCES user_account (id) ON DELETE CASCADE
);

CREATE INDEX ix_proxy_session_created ON proxy_session (created) WHERE ended IS NULL;

CREATE INDEX ix_proxy_session_user_id_created ON proxy_session (user_id, created);

-- migrate:down
DROP TABLE cavatica_account;

DROP TABLE proxy_session;
