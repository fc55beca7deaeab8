CREATE TABLE "shared_turn" (
    "work" TEXT NOT NULL CONSTRAINT "PK_shared_turn" PRIMARY KEY,
    "taken" INTEGER NOT NULL
);
