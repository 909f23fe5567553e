-- CreateTable
CREATE TABLE "Carried" (
    "earlier" TEXT NOT NULL PRIMARY KEY,
    "party" TEXT NOT NULL,
    "nonce" TEXT NOT NULL,
    "createdAt" BIGINT NOT NULL
);
