CREATE TABLE "session_ticket" (
    "key_hash" TEXT NOT NULL CONSTRAINT "PK_session_ticket" PRIMARY KEY,
    "browser_hash" TEXT NOT NULL,
    "session_id" BLOB NOT NULL,
    "sign_in_id" BLOB NOT NULL,
    "expires" INTEGER NOT NULL,
    CONSTRAINT "FK_session_ticket_proxy_session_session_id" FOREIGN KEY ("session_id") REFERENCES "proxy_session" ("id") ON DELETE CASCADE,
    CONSTRAINT "FK_session_ticket_user_session_sign_in_id" FOREIGN KEY ("sign_in_id") REFERENCES "user_session" ("id") ON DELETE CASCADE
);

CREATE INDEX "ix_session_ticket_expires" ON "session_ticket" ("expires");

CREATE INDEX "ix_session_ticket_session_id" ON "session_ticket" ("session_id");

CREATE INDEX "ix_session_ticket_sign_in_id" ON "session_ticket" ("sign_in_id");
