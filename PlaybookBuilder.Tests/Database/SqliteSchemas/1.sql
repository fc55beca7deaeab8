CREATE TABLE "cell_metadata" (
    "id" BLOB NOT NULL CONSTRAINT "PK_cell_metadata" PRIMARY KEY,
    "label" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "process_visible" INTEGER NOT NULL,
    "data_visible" INTEGER NOT NULL
);


CREATE TABLE "data" (
    "id" BLOB NOT NULL CONSTRAINT "PK_data" PRIMARY KEY,
    "type" TEXT NOT NULL,
    "value" TEXT NOT NULL
);


CREATE TABLE "playbook_metadata" (
    "id" BLOB NOT NULL CONSTRAINT "PK_playbook_metadata" PRIMARY KEY,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "gpt_summary" TEXT NOT NULL
);


CREATE TABLE "upload" (
    "id" TEXT NOT NULL CONSTRAINT "PK_upload" PRIMARY KEY,
    "sha256" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "filename" TEXT NOT NULL,
    "user_id" BLOB NULL,
    "created" INTEGER NOT NULL
);


CREATE TABLE "process" (
    "id" BLOB NOT NULL CONSTRAINT "PK_process" PRIMARY KEY,
    "type" TEXT NOT NULL,
    "data_id" BLOB NULL,
    "timestamp" INTEGER NULL,
    CONSTRAINT "FK_process_data_data_id" FOREIGN KEY ("data_id") REFERENCES "data" ("id") ON DELETE RESTRICT
);


CREATE TABLE "job" (
    "process_id" BLOB NOT NULL CONSTRAINT "PK_job" PRIMARY KEY,
    "state" INTEGER NOT NULL,
    "attempt" INTEGER NOT NULL,
    "deaths" INTEGER NOT NULL,
    "is_batch" INTEGER NOT NULL,
    "owner" TEXT NOT NULL,
    "turn" INTEGER NOT NULL,
    "worker" INTEGER NULL,
    "created" INTEGER NOT NULL,
    "started" INTEGER NULL,
    "not_before" INTEGER NULL,
    "is_cancel_requested" INTEGER NOT NULL,
    CONSTRAINT "FK_job_process_process_id" FOREIGN KEY ("process_id") REFERENCES "process" ("id") ON DELETE CASCADE
);


CREATE TABLE "process_input" (
    "process_id" BLOB NOT NULL,
    "argument" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "input_id" BLOB NOT NULL,
    CONSTRAINT "PK_process_input" PRIMARY KEY ("process_id", "argument", "position"),
    CONSTRAINT "FK_process_input_process_input_id" FOREIGN KEY ("input_id") REFERENCES "process" ("id") ON DELETE RESTRICT,
    CONSTRAINT "FK_process_input_process_process_id" FOREIGN KEY ("process_id") REFERENCES "process" ("id") ON DELETE CASCADE
);


CREATE TABLE "resolution" (
    "process_id" BLOB NOT NULL CONSTRAINT "PK_resolution" PRIMARY KEY,
    "data_id" BLOB NOT NULL,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "is_transient" INTEGER NOT NULL,
    CONSTRAINT "FK_resolution_data_data_id" FOREIGN KEY ("data_id") REFERENCES "data" ("id") ON DELETE RESTRICT,
    CONSTRAINT "FK_resolution_process_process_id" FOREIGN KEY ("process_id") REFERENCES "process" ("id") ON DELETE CASCADE
);


CREATE TABLE "step" (
    "id" BLOB NOT NULL CONSTRAINT "PK_step" PRIMARY KEY,
    "process_id" BLOB NOT NULL,
    "parent_id" BLOB NULL,
    "cell_metadata_id" BLOB NULL,
    "playbook_metadata_id" BLOB NULL,
    CONSTRAINT "FK_step_cell_metadata_cell_metadata_id" FOREIGN KEY ("cell_metadata_id") REFERENCES "cell_metadata" ("id") ON DELETE RESTRICT,
    CONSTRAINT "FK_step_playbook_metadata_playbook_metadata_id" FOREIGN KEY ("playbook_metadata_id") REFERENCES "playbook_metadata" ("id") ON DELETE RESTRICT,
    CONSTRAINT "FK_step_process_process_id" FOREIGN KEY ("process_id") REFERENCES "process" ("id") ON DELETE RESTRICT,
    CONSTRAINT "FK_step_step_parent_id" FOREIGN KEY ("parent_id") REFERENCES "step" ("id") ON DELETE RESTRICT
);


CREATE INDEX "ix_job_owner_is_batch_turn" ON "job" ("owner", "is_batch", "turn");


CREATE INDEX "ix_job_state_is_batch_turn" ON "job" ("state", "is_batch", "turn");


CREATE INDEX "ix_process_input_input_id" ON "process_input" ("input_id");


CREATE INDEX "ix_upload_sha256" ON "upload" ("sha256");


CREATE INDEX "ix_upload_user_id_created" ON "upload" ("user_id", "created");
