CREATE TABLE "audit_entry" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_audit_entry" PRIMARY KEY AUTOINCREMENT,
    "at" INTEGER NOT NULL,
    "user_id" BLOB NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "address" TEXT NOT NULL
);


CREATE TABLE "cell_metadata" (
    "id" BLOB NOT NULL CONSTRAINT "PK_cell_metadata" PRIMARY KEY,
    "label" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "process_visible" INTEGER NOT NULL,
    "data_visible" INTEGER NOT NULL
);


CREATE TABLE "content_check" (
    "sha256" TEXT NOT NULL CONSTRAINT "PK_content_check" PRIMARY KEY,
    "checked" INTEGER NOT NULL,
    "problem" TEXT NULL
);


CREATE TABLE "data" (
    "id" BLOB NOT NULL CONSTRAINT "PK_data" PRIMARY KEY,
    "type" TEXT NOT NULL,
    "value" TEXT NOT NULL
);


CREATE TABLE "deleted_upload" (
    "id" TEXT NOT NULL CONSTRAINT "PK_deleted_upload" PRIMARY KEY,
    "sha256" TEXT NOT NULL
);


CREATE TABLE "logged_error" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_logged_error" PRIMARY KEY AUTOINCREMENT,
    "at" INTEGER NOT NULL,
    "program" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "trace_id" TEXT NULL
);


CREATE TABLE "playbook_metadata" (
    "id" BLOB NOT NULL CONSTRAINT "PK_playbook_metadata" PRIMARY KEY,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "gpt_summary" TEXT NOT NULL
);


CREATE TABLE "program" (
    "id" BLOB NOT NULL CONSTRAINT "PK_program" PRIMARY KEY,
    "role" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "machine" TEXT NOT NULL,
    "process_number" INTEGER NOT NULL,
    "slots" INTEGER NOT NULL,
    "worker" INTEGER NULL,
    "started" INTEGER NOT NULL,
    "last_seen" INTEGER NOT NULL
);


CREATE TABLE "resumable_upload" (
    "id" TEXT NOT NULL CONSTRAINT "PK_resumable_upload" PRIMARY KEY,
    "user_id" BLOB NOT NULL,
    "filename" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "received" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "expires" INTEGER NOT NULL,
    "upload_id" TEXT NULL
);


CREATE TABLE "shared_turn" (
    "work" TEXT NOT NULL CONSTRAINT "PK_shared_turn" PRIMARY KEY,
    "taken" INTEGER NOT NULL
);


CREATE TABLE "upload" (
    "id" TEXT NOT NULL CONSTRAINT "PK_upload" PRIMARY KEY,
    "sha256" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "filename" TEXT NOT NULL,
    "user_id" BLOB NULL,
    "created" INTEGER NOT NULL,
    "sharing" INTEGER NOT NULL DEFAULT 0
);


CREATE TABLE "user_account" (
    "id" BLOB NOT NULL CONSTRAINT "PK_user_account" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "affiliation" TEXT NOT NULL,
    "orcid" TEXT NULL,
    "email" TEXT NULL,
    "is_admin" INTEGER NOT NULL,
    "is_disabled" INTEGER NOT NULL,
    "wants_mail" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "last_seen" INTEGER NOT NULL
);


CREATE TABLE "process" (
    "id" BLOB NOT NULL CONSTRAINT "PK_process" PRIMARY KEY,
    "type" TEXT NOT NULL,
    "data_id" BLOB NULL,
    "timestamp" INTEGER NULL,
    CONSTRAINT "FK_process_data_data_id" FOREIGN KEY ("data_id") REFERENCES "data" ("id") ON DELETE RESTRICT
);


CREATE TABLE "upload_grant" (
    "data_id" BLOB NOT NULL,
    "upload_id" TEXT NOT NULL,
    CONSTRAINT "PK_upload_grant" PRIMARY KEY ("data_id", "upload_id"),
    CONSTRAINT "FK_upload_grant_data_data_id" FOREIGN KEY ("data_id") REFERENCES "data" ("id") ON DELETE CASCADE
);


CREATE TABLE "api_token" (
    "id" BLOB NOT NULL CONSTRAINT "PK_api_token" PRIMARY KEY,
    "user_id" BLOB NOT NULL,
    "name" TEXT NOT NULL,
    "key_hash" TEXT NOT NULL,
    "beginning" TEXT NOT NULL,
    "scopes" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "expires" INTEGER NULL,
    "last_used" INTEGER NULL,
    CONSTRAINT "FK_api_token_user_account_user_id" FOREIGN KEY ("user_id") REFERENCES "user_account" ("id") ON DELETE CASCADE
);


CREATE TABLE "cavatica_account" (
    "user_id" BLOB NOT NULL CONSTRAINT "PK_cavatica_account" PRIMARY KEY,
    "token" BLOB NOT NULL,
    "name" TEXT NOT NULL,
    "project" TEXT NOT NULL,
    "changed" INTEGER NOT NULL,
    CONSTRAINT "FK_cavatica_account_user_account_user_id" FOREIGN KEY ("user_id") REFERENCES "user_account" ("id") ON DELETE CASCADE
);


CREATE TABLE "email_link" (
    "key_hash" TEXT NOT NULL CONSTRAINT "PK_email_link" PRIMARY KEY,
    "browser_hash" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "return_path" TEXT NOT NULL,
    "user_id" BLOB NULL,
    "created" INTEGER NOT NULL,
    "expires" INTEGER NOT NULL,
    CONSTRAINT "FK_email_link_user_account_user_id" FOREIGN KEY ("user_id") REFERENCES "user_account" ("id") ON DELETE CASCADE
);


CREATE TABLE "proxy_session" (
    "id" BLOB NOT NULL CONSTRAINT "PK_proxy_session" PRIMARY KEY,
    "user_id" BLOB NOT NULL,
    "launcher" TEXT NOT NULL,
    "project" TEXT NOT NULL,
    "state" INTEGER NOT NULL,
    "run_id" TEXT NULL,
    "reason" TEXT NULL,
    "created" INTEGER NOT NULL,
    "connected" INTEGER NULL,
    "ended" INTEGER NULL,
    "secret_hash" TEXT NOT NULL,
    "next_secret_hash" TEXT NULL,
    "epoch" INTEGER NOT NULL,
    "replica_url" TEXT NULL,
    "boot_id" BLOB NULL,
    "lost" INTEGER NULL,
    CONSTRAINT "FK_proxy_session_user_account_user_id" FOREIGN KEY ("user_id") REFERENCES "user_account" ("id") ON DELETE CASCADE
);


CREATE TABLE "sign_in" (
    "provider" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "user_id" BLOB NOT NULL,
    "email" TEXT NULL,
    "is_email_verified" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "last_used" INTEGER NOT NULL,
    CONSTRAINT "PK_sign_in" PRIMARY KEY ("provider", "subject"),
    CONSTRAINT "FK_sign_in_user_account_user_id" FOREIGN KEY ("user_id") REFERENCES "user_account" ("id") ON DELETE CASCADE
);


CREATE TABLE "suggestion" (
    "id" BLOB NOT NULL CONSTRAINT "PK_suggestion" PRIMARY KEY,
    "user_id" BLOB NOT NULL,
    "kind" INTEGER NOT NULL,
    "state" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "inputs" TEXT NOT NULL,
    "output" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "playbook_id" BLOB NULL,
    "answer" TEXT NOT NULL,
    "created" INTEGER NOT NULL,
    "decided" INTEGER NULL,
    CONSTRAINT "FK_suggestion_user_account_user_id" FOREIGN KEY ("user_id") REFERENCES "user_account" ("id") ON DELETE CASCADE
);


CREATE TABLE "user_session" (
    "id" BLOB NOT NULL CONSTRAINT "PK_user_session" PRIMARY KEY,
    "key_hash" TEXT NOT NULL,
    "user_id" BLOB NOT NULL,
    "provider" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "browser" TEXT NOT NULL,
    "created" INTEGER NOT NULL,
    "last_seen" INTEGER NOT NULL,
    "expires" INTEGER NOT NULL,
    CONSTRAINT "FK_user_session_user_account_user_id" FOREIGN KEY ("user_id") REFERENCES "user_account" ("id") ON DELETE CASCADE
);


CREATE TABLE "work_notice" (
    "user_id" BLOB NOT NULL,
    "playbook_id" BLOB NOT NULL,
    "asked" INTEGER NOT NULL,
    CONSTRAINT "PK_work_notice" PRIMARY KEY ("user_id", "playbook_id"),
    CONSTRAINT "FK_work_notice_user_account_user_id" FOREIGN KEY ("user_id") REFERENCES "user_account" ("id") ON DELETE CASCADE
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


CREATE TABLE "session_ticket" (
    "key_hash" TEXT NOT NULL CONSTRAINT "PK_session_ticket" PRIMARY KEY,
    "browser_hash" TEXT NOT NULL,
    "session_id" BLOB NOT NULL,
    "sign_in_id" BLOB NOT NULL,
    "expires" INTEGER NOT NULL,
    CONSTRAINT "FK_session_ticket_proxy_session_session_id" FOREIGN KEY ("session_id") REFERENCES "proxy_session" ("id") ON DELETE CASCADE,
    CONSTRAINT "FK_session_ticket_user_session_sign_in_id" FOREIGN KEY ("sign_in_id") REFERENCES "user_session" ("id") ON DELETE CASCADE
);


CREATE TABLE "saved_playbook" (
    "id" BLOB NOT NULL CONSTRAINT "PK_saved_playbook" PRIMARY KEY,
    "user_id" BLOB NOT NULL,
    "playbook_id" BLOB NOT NULL,
    "version" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "authors" TEXT NOT NULL,
    "licence" TEXT NOT NULL,
    "published" INTEGER NULL,
    "is_curated" INTEGER NOT NULL,
    "clicks" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "updated" INTEGER NOT NULL,
    "deleted" INTEGER NULL,
    CONSTRAINT "FK_saved_playbook_step_playbook_id" FOREIGN KEY ("playbook_id") REFERENCES "step" ("id") ON DELETE RESTRICT,
    CONSTRAINT "FK_saved_playbook_user_account_user_id" FOREIGN KEY ("user_id") REFERENCES "user_account" ("id") ON DELETE CASCADE
);


CREATE TABLE "saved_playbook_click" (
    "saved_playbook_id" BLOB NOT NULL,
    "day" INTEGER NOT NULL,
    "visitor" TEXT NOT NULL,
    CONSTRAINT "PK_saved_playbook_click" PRIMARY KEY ("saved_playbook_id", "day", "visitor"),
    CONSTRAINT "FK_saved_playbook_click_saved_playbook_saved_playbook_id" FOREIGN KEY ("saved_playbook_id") REFERENCES "saved_playbook" ("id") ON DELETE CASCADE
);


CREATE TABLE "saved_playbook_result" (
    "saved_playbook_id" BLOB NOT NULL,
    "process_id" BLOB NOT NULL,
    CONSTRAINT "PK_saved_playbook_result" PRIMARY KEY ("saved_playbook_id", "process_id"),
    CONSTRAINT "FK_saved_playbook_result_process_process_id" FOREIGN KEY ("process_id") REFERENCES "process" ("id") ON DELETE RESTRICT,
    CONSTRAINT "FK_saved_playbook_result_saved_playbook_saved_playbook_id" FOREIGN KEY ("saved_playbook_id") REFERENCES "saved_playbook" ("id") ON DELETE CASCADE
);


CREATE TABLE "saved_playbook_term" (
    "saved_playbook_id" BLOB NOT NULL,
    "kind" INTEGER NOT NULL,
    "value" TEXT NOT NULL,
    CONSTRAINT "PK_saved_playbook_term" PRIMARY KEY ("saved_playbook_id", "kind", "value"),
    CONSTRAINT "FK_saved_playbook_term_saved_playbook_saved_playbook_id" FOREIGN KEY ("saved_playbook_id") REFERENCES "saved_playbook" ("id") ON DELETE CASCADE
);


CREATE TABLE "saved_playbook_version" (
    "saved_playbook_id" BLOB NOT NULL,
    "number" INTEGER NOT NULL,
    "playbook_id" BLOB NOT NULL,
    "title" TEXT NOT NULL,
    "created" INTEGER NOT NULL,
    CONSTRAINT "PK_saved_playbook_version" PRIMARY KEY ("saved_playbook_id", "number"),
    CONSTRAINT "FK_saved_playbook_version_saved_playbook_saved_playbook_id" FOREIGN KEY ("saved_playbook_id") REFERENCES "saved_playbook" ("id") ON DELETE CASCADE,
    CONSTRAINT "FK_saved_playbook_version_step_playbook_id" FOREIGN KEY ("playbook_id") REFERENCES "step" ("id") ON DELETE RESTRICT
);


INSERT INTO "user_account" ("id", "affiliation", "created", "email", "is_admin", "is_disabled", "last_seen", "name", "orcid", "wants_mail")
VALUES (X'00000000000080008000000000000001', '', 0, NULL, 0, 0, 0, 'Local user', NULL, 0);
SELECT changes();



CREATE UNIQUE INDEX "ix_api_token_key_hash" ON "api_token" ("key_hash");


CREATE INDEX "ix_api_token_user_id" ON "api_token" ("user_id");


CREATE INDEX "ix_audit_entry_action_id" ON "audit_entry" ("action", "id");


CREATE INDEX "ix_audit_entry_user_id_id" ON "audit_entry" ("user_id", "id");


CREATE INDEX "ix_content_check_checked" ON "content_check" ("checked") WHERE problem IS NOT NULL;


CREATE INDEX "ix_email_link_email_created" ON "email_link" ("email", "created");


CREATE INDEX "ix_email_link_expires" ON "email_link" ("expires");


CREATE INDEX "ix_email_link_user_id" ON "email_link" ("user_id");


CREATE INDEX "ix_job_owner_is_batch_turn" ON "job" ("owner", "is_batch", "turn");


CREATE INDEX "ix_job_state_is_batch_turn" ON "job" ("state", "is_batch", "turn");


CREATE INDEX "ix_process_data_id" ON "process" ("data_id") WHERE data_id IS NOT NULL;


CREATE INDEX "ix_process_input_input_id" ON "process_input" ("input_id");


CREATE INDEX "ix_program_last_seen" ON "program" ("last_seen");


CREATE INDEX "ix_proxy_session_created" ON "proxy_session" ("created") WHERE ended IS NULL;


CREATE INDEX "ix_proxy_session_user_id_created" ON "proxy_session" ("user_id", "created");


CREATE INDEX "ix_resolution_created_process_id" ON "resolution" ("created", "process_id");


CREATE INDEX "ix_resolution_data_id" ON "resolution" ("data_id");


CREATE INDEX "ix_resumable_upload_expires" ON "resumable_upload" ("expires");


CREATE INDEX "ix_resumable_upload_user_id" ON "resumable_upload" ("user_id");


CREATE INDEX "ix_saved_playbook_deleted" ON "saved_playbook" ("deleted");


CREATE INDEX "ix_saved_playbook_is_curated_clicks" ON "saved_playbook" ("is_curated", "clicks");


CREATE INDEX "ix_saved_playbook_playbook_id" ON "saved_playbook" ("playbook_id");


CREATE INDEX "ix_saved_playbook_updated" ON "saved_playbook" ("updated");


CREATE INDEX "ix_saved_playbook_user_id_updated" ON "saved_playbook" ("user_id", "updated");


CREATE INDEX "ix_saved_playbook_click_day" ON "saved_playbook_click" ("day");


CREATE INDEX "ix_saved_playbook_result_process_id" ON "saved_playbook_result" ("process_id");


CREATE INDEX "ix_saved_playbook_term_kind_value_saved_playbook_id" ON "saved_playbook_term" ("kind", "value", "saved_playbook_id");


CREATE INDEX "ix_saved_playbook_version_playbook_id" ON "saved_playbook_version" ("playbook_id");


CREATE INDEX "ix_session_ticket_expires" ON "session_ticket" ("expires");


CREATE INDEX "ix_session_ticket_session_id" ON "session_ticket" ("session_id");


CREATE INDEX "ix_session_ticket_sign_in_id" ON "session_ticket" ("sign_in_id");


CREATE INDEX "ix_sign_in_user_id" ON "sign_in" ("user_id");


CREATE INDEX "ix_suggestion_state_created" ON "suggestion" ("state", "created");


CREATE INDEX "ix_suggestion_user_id_created" ON "suggestion" ("user_id", "created");


CREATE INDEX "ix_upload_sha256" ON "upload" ("sha256");


CREATE INDEX "ix_upload_user_id_created" ON "upload" ("user_id", "created");


CREATE INDEX "ix_upload_grant_upload_id" ON "upload_grant" ("upload_id");


CREATE INDEX "ix_user_account_created" ON "user_account" ("created");


CREATE INDEX "ix_user_account_email" ON "user_account" ("email");


CREATE INDEX "ix_user_account_name" ON "user_account" ("name");


CREATE INDEX "ix_user_session_expires" ON "user_session" ("expires");


CREATE UNIQUE INDEX "ix_user_session_key_hash" ON "user_session" ("key_hash");


CREATE INDEX "ix_user_session_last_seen" ON "user_session" ("last_seen");


CREATE INDEX "ix_user_session_user_id" ON "user_session" ("user_id");


CREATE INDEX "ix_work_notice_asked" ON "work_notice" ("asked");
