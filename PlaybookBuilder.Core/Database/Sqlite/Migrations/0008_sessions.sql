CREATE TABLE "cavatica_account" (
    "user_id" BLOB NOT NULL CONSTRAINT "PK_cavatica_account" PRIMARY KEY,
    "token" BLOB NOT NULL,
    "name" TEXT NOT NULL,
    "project" TEXT NOT NULL,
    "changed" INTEGER NOT NULL,
    CONSTRAINT "FK_cavatica_account_user_account_user_id" FOREIGN KEY ("user_id") REFERENCES "user_account" ("id") ON DELETE CASCADE
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

CREATE INDEX "ix_proxy_session_created" ON "proxy_session" ("created") WHERE ended IS NULL;

CREATE INDEX "ix_proxy_session_user_id_created" ON "proxy_session" ("user_id", "created");
