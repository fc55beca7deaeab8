CREATE TABLE "saved_playbook_result" (
    "saved_playbook_id" BLOB NOT NULL,
    "process_id" BLOB NOT NULL,
    CONSTRAINT "PK_saved_playbook_result" PRIMARY KEY ("saved_playbook_id", "process_id"),
    CONSTRAINT "FK_saved_playbook_result_process_process_id" FOREIGN KEY ("process_id") REFERENCES "process" ("id") ON DELETE RESTRICT,
    CONSTRAINT "FK_saved_playbook_result_saved_playbook_saved_playbook_id" FOREIGN KEY ("saved_playbook_id") REFERENCES "saved_playbook" ("id") ON DELETE CASCADE
);

CREATE INDEX "ix_saved_playbook_result_process_id" ON "saved_playbook_result" ("process_id");

CREATE INDEX "ix_resolution_created_process_id" ON "resolution" ("created", "process_id");

CREATE INDEX "ix_resolution_data_id" ON "resolution" ("data_id");

CREATE INDEX "ix_process_data_id" ON "process" ("data_id") WHERE data_id IS NOT NULL;

-- What was saved before is held too, and the files that are there are named.
INSERT INTO "saved_playbook_result" ("saved_playbook_id", "process_id")
WITH RECURSIVE "chain" ("saved_playbook_id", "step_id") AS (
  SELECT "saved_playbook_id", "playbook_id" FROM "saved_playbook_version"
  UNION
  SELECT "chain"."saved_playbook_id", "step"."parent_id" FROM "chain" JOIN "step" ON "step"."id" = "chain"."step_id" WHERE "step"."parent_id" IS NOT NULL)
SELECT DISTINCT "chain"."saved_playbook_id", "process"."id"
FROM "chain"
JOIN "step" ON "step"."id" = "chain"."step_id"
JOIN "process" ON "process"."id" = "step"."process_id" AND "process"."timestamp" IS NOT NULL
JOIN "resolution" ON "resolution"."process_id" = "process"."id";

INSERT INTO "upload_grant" ("data_id", "upload_id")
SELECT DISTINCT "data"."id", "upload"."id"
FROM "data"
JOIN json_tree("data"."value") AS "link" ON "link"."type" = 'text' AND "link"."atom" LIKE 'drs://%'
JOIN "upload" ON "upload"."id" = substr("link"."atom", 7 + instr(substr("link"."atom", 7), '/')) AND "upload"."user_id" IS NULL
WHERE "data"."value" LIKE '%drs://%'
ON CONFLICT DO NOTHING;
