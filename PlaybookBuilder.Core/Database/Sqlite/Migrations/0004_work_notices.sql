CREATE TABLE "work_notice" (
    "user_id" BLOB NOT NULL,
    "playbook_id" BLOB NOT NULL,
    "asked" INTEGER NOT NULL,
    CONSTRAINT "PK_work_notice" PRIMARY KEY ("user_id", "playbook_id"),
    CONSTRAINT "FK_work_notice_user_account_user_id" FOREIGN KEY ("user_id") REFERENCES "user_account" ("id") ON DELETE CASCADE
);

CREATE INDEX "ix_work_notice_asked" ON "work_notice" ("asked");
