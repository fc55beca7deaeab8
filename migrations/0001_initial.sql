-- migrate:up
CREATE SEQUENCE worker_number AS integer START WITH 1 INCREMENT BY 1 CYCLE;

CREATE TABLE cell_metadata (
    id uuid NOT NULL,
    label text NOT NULL,
    description text NOT NULL,
    process_visible boolean NOT NULL,
    data_visible boolean NOT NULL,
    CONSTRAINT pk_cell_metadata PRIMARY KEY (id)
);

CREATE TABLE data (
    id uuid NOT NULL,
    type text NOT NULL,
    value text NOT NULL,
    CONSTRAINT pk_data PRIMARY KEY (id)
);

CREATE TABLE data_protection_key (
    name text NOT NULL,
    xml text NOT NULL,
    CONSTRAINT pk_data_protection_key PRIMARY KEY (name)
);

CREATE TABLE playbook_metadata (
    id uuid NOT NULL,
    title text NOT NULL,
    description text NOT NULL,
    summary text NOT NULL,
    gpt_summary text NOT NULL,
    CONSTRAINT pk_playbook_metadata PRIMARY KEY (id)
);

CREATE TABLE upload (
    id text NOT NULL,
    sha256 text NOT NULL,
    size bigint NOT NULL,
    filename text NOT NULL,
    user_id uuid,
    created timestamp with time zone NOT NULL,
    CONSTRAINT pk_upload PRIMARY KEY (id)
);

CREATE TABLE process (
    id uuid NOT NULL,
    type text NOT NULL,
    data_id uuid,
    timestamp timestamp with time zone,
    CONSTRAINT pk_process PRIMARY KEY (id),
    CONSTRAINT fk_process_data_id FOREIGN KEY (data_id) REFERENCES data (id) ON DELETE RESTRICT
);

CREATE TABLE job (
    process_id uuid NOT NULL,
    state integer NOT NULL,
    attempt integer NOT NULL,
    deaths integer NOT NULL,
    is_batch boolean NOT NULL,
    owner text NOT NULL,
    turn bigint NOT NULL,
    worker integer,
    created timestamp with time zone NOT NULL,
    started timestamp with time zone,
    not_before timestamp with time zone,
    is_cancel_requested boolean NOT NULL,
    CONSTRAINT pk_job PRIMARY KEY (process_id),
    CONSTRAINT fk_job_process_id FOREIGN KEY (process_id) REFERENCES process (id) ON DELETE CASCADE
);

CREATE TABLE process_input (
    process_id uuid NOT NULL,
    argument text NOT NULL,
    position integer NOT NULL,
    input_id uuid NOT NULL,
    CONSTRAINT pk_process_input PRIMARY KEY (process_id, argument, position),
    CONSTRAINT fk_process_input_input_id FOREIGN KEY (input_id) REFERENCES process (id) ON DELETE RESTRICT,
    CONSTRAINT fk_process_input_process_id FOREIGN KEY (process_id) REFERENCES process (id) ON DELETE CASCADE
);

CREATE TABLE resolution (
    process_id uuid NOT NULL,
    data_id uuid NOT NULL,
    version integer NOT NULL,
    created timestamp with time zone NOT NULL,
    duration_ms bigint NOT NULL,
    is_transient boolean NOT NULL,
    CONSTRAINT pk_resolution PRIMARY KEY (process_id),
    CONSTRAINT fk_resolution_data_id FOREIGN KEY (data_id) REFERENCES data (id) ON DELETE RESTRICT,
    CONSTRAINT fk_resolution_process_id FOREIGN KEY (process_id) REFERENCES process (id) ON DELETE CASCADE
);

CREATE TABLE step (
    id uuid NOT NULL,
    process_id uuid NOT NULL,
    parent_id uuid,
    cell_metadata_id uuid,
    playbook_metadata_id uuid,
    CONSTRAINT pk_step PRIMARY KEY (id),
    CONSTRAINT fk_step_cell_metadata_id FOREIGN KEY (cell_metadata_id) REFERENCES cell_metadata (id) ON DELETE RESTRICT,
    CONSTRAINT fk_step_parent_id FOREIGN KEY (parent_id) REFERENCES step (id) ON DELETE RESTRICT,
    CONSTRAINT fk_step_playbook_metadata_id FOREIGN KEY (playbook_metadata_id) REFERENCES playbook_metadata (id) ON DELETE RESTRICT,
    CONSTRAINT fk_step_process_id FOREIGN KEY (process_id) REFERENCES process (id) ON DELETE RESTRICT
);

CREATE INDEX ix_job_deaths ON job (deaths) WHERE deaths > 0;

CREATE INDEX ix_job_not_before ON job (not_before) WHERE not_before IS NOT NULL;

CREATE INDEX ix_job_owner_is_batch_turn ON job (owner, is_batch, turn);

CREATE INDEX ix_job_state_is_batch_turn ON job (state, is_batch, turn);

CREATE INDEX ix_process_input_input_id ON process_input (input_id);

CREATE INDEX ix_upload_sha256 ON upload (sha256);

CREATE INDEX ix_upload_user_id_created ON upload (user_id, created);

-- migrate:down
DROP TABLE data_protection_key;

DROP TABLE job;

DROP TABLE process_input;

DROP TABLE resolution;

DROP TABLE step;

DROP TABLE upload;

DROP TABLE cell_metadata;

DROP TABLE playbook_metadata;

DROP TABLE process;

DROP TABLE data;

DROP SEQUENCE worker_number;
