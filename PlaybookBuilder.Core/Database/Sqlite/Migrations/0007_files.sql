ALTER TABLE "upload" ADD COLUMN "sharing" INTEGER NOT NULL DEFAULT 0;

CREATE TABLE "content_check" (
    "sha256" TEXT NOT NULL CONSTRAINT "PK_content_check" PRIMARY KEY,
    "checked" INTEGER NOT NULL,
    "problem" TEXT NULL
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

CREATE INDEX "ix_content_check_checked" ON "content_check" ("checked") WHERE problem IS NOT NULL;

CREATE INDEX "ix_resumable_upload_expires" ON "resumable_upload" ("expires");

CREATE INDEX "ix_resumable_upload_user_id" ON "resumable_upload" ("user_id");
