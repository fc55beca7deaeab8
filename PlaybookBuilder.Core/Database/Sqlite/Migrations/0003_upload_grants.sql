-- A grant outlives its upload, so that steps can say that the file was deleted. Nothing wrote grants before.
DROP TABLE "upload_grant";

CREATE TABLE "upload_grant" (
    "data_id" BLOB NOT NULL,
    "upload_id" TEXT NOT NULL,
    CONSTRAINT "PK_upload_grant" PRIMARY KEY ("data_id", "upload_id"),
    CONSTRAINT "FK_upload_grant_data_data_id" FOREIGN KEY ("data_id") REFERENCES "data" ("id") ON DELETE CASCADE
);

CREATE INDEX "ix_upload_grant_upload_id" ON "upload_grant" ("upload_id");

CREATE TABLE "deleted_upload" (
    "id" TEXT NOT NULL CONSTRAINT "PK_deleted_upload" PRIMARY KEY,
    "sha256" TEXT NOT NULL
);

-- What was accepted before goes on working.
INSERT INTO "upload_grant" ("data_id", "upload_id")
SELECT DISTINCT "data"."id", "upload"."id"
FROM "process"
JOIN "data" ON "data"."id" = "process"."data_id" AND "data"."value" LIKE '%drs://%'
JOIN json_tree("data"."value") AS "link" ON "link"."type" = 'text' AND "link"."atom" LIKE 'drs://%'
JOIN "upload" ON "upload"."id" = substr("link"."atom", 7 + instr(substr("link"."atom", 7), '/')) AND "upload"."user_id" IS NOT NULL;
