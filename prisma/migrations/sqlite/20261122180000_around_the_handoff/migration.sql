-- AlterTable
ALTER TABLE "Member" ADD COLUMN "noticesReadAt" BIGINT;

-- AlterTable
ALTER TABLE "Invitation" ADD COLUMN "email" TEXT;

-- AlterTable
ALTER TABLE "Draft" ADD COLUMN "importId" TEXT;
ALTER TABLE "Draft" ADD COLUMN "importKey" TEXT;
ALTER TABLE "Draft" ADD COLUMN "importName" TEXT;

-- RedefineTables: a projection, filled anew from the leaves at the next start
DROP TABLE "Part";

-- CreateTable
CREATE TABLE "Part" (
    "consignment" TEXT NOT NULL,
    "party" TEXT NOT NULL,
    "holds" BOOLEAN NOT NULL,
    "free" BOOLEAN NOT NULL,
    "founded" BOOLEAN NOT NULL,
    "awaits" BOOLEAN NOT NULL,
    "stage" TEXT NOT NULL,
    "toSign" INTEGER NOT NULL,
    "toSignSince" BIGINT,
    "waiting" INTEGER NOT NULL,
    "waitingSince" BIGINT,
    "differences" INTEGER NOT NULL,
    "differsSince" BIGINT,
    "openSince" BIGINT,
    "leafIndex" INTEGER NOT NULL,

    PRIMARY KEY ("consignment", "party")
);

-- CreateTable
CREATE TABLE "Signing" (
    "leafIndex" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Handoff" (
    "release" TEXT NOT NULL PRIMARY KEY,
    "consignment" TEXT NOT NULL,
    "giver" TEXT NOT NULL,
    "taker" TEXT,
    "status" TEXT NOT NULL,
    "takenAt" BIGINT,
    "releasedAt" BIGINT NOT NULL,
    "answeredAt" BIGINT,
    "differs" BOOLEAN NOT NULL
);

-- CreateTable
CREATE TABLE "Notice" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "party" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "event" TEXT,
    "other" TEXT,
    "createdAt" BIGINT NOT NULL,
    "addressedAt" BIGINT
);

-- CreateTable
CREATE TABLE "Delivery" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "notice" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "dueAt" BIGINT NOT NULL,
    "doneAt" BIGINT,
    "outcome" TEXT,
    "lastCode" TEXT,
    "letter" TEXT
);

-- CreateTable
CREATE TABLE "NoticeSetting" (
    "userId" TEXT NOT NULL,
    "party" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "mail" BOOLEAN NOT NULL,
    "push" BOOLEAN NOT NULL,

    PRIMARY KEY ("userId", "party", "kind")
);

-- CreateTable
CREATE TABLE "PushSubscription" (
    "endpoint" TEXT NOT NULL PRIMARY KEY,
    "userId" TEXT NOT NULL,
    "party" TEXT NOT NULL,
    "p256dh" TEXT NOT NULL,
    "auth" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "createdAt" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "Preference" (
    "userId" TEXT NOT NULL PRIMARY KEY,
    "locale" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "RateLimit" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "points" INTEGER NOT NULL,
    "expire" DATETIME
);

-- CreateTable
CREATE TABLE "RefusalCount" (
    "day" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    PRIMARY KEY ("day", "code")
);

-- CreateTable
CREATE TABLE "Gs1Key" (
    "path" TEXT NOT NULL,
    "consignment" TEXT NOT NULL,
    "party" TEXT NOT NULL,
    "createdAt" BIGINT NOT NULL,

    PRIMARY KEY ("path", "consignment")
);

-- CreateTable
CREATE TABLE "Passkey" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT,
    "publicKey" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "credentialID" TEXT NOT NULL,
    "counter" INTEGER NOT NULL,
    "deviceType" TEXT NOT NULL,
    "backedUp" BOOLEAN NOT NULL,
    "transports" TEXT,
    "createdAt" DATETIME,
    "aaguid" TEXT,
    CONSTRAINT "Passkey_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Part_newest_idx" ON "Part"("party", "leafIndex", "stage", "holds", "free", "founded", "awaits", "toSign", "waiting", "differences", "consignment");

-- CreateIndex
CREATE INDEX "Part_oldest_open_idx" ON "Part"("party", "openSince", "leafIndex", "free", "toSign", "toSignSince", "waiting", "waitingSince", "differences", "differsSince");

-- CreateIndex
CREATE INDEX "Signing_key_leafIndex_idx" ON "Signing"("key", "leafIndex");

-- CreateIndex
CREATE INDEX "Handoff_consignment_idx" ON "Handoff"("consignment");

-- CreateIndex
CREATE INDEX "Handoff_given_idx" ON "Handoff"("giver", "releasedAt", "status", "differs", "takenAt", "answeredAt");

-- CreateIndex
CREATE INDEX "Handoff_taken_idx" ON "Handoff"("taker", "answeredAt", "status", "differs");

-- CreateIndex
CREATE INDEX "Notice_party_createdAt_idx" ON "Notice"("party", "createdAt");

-- CreateIndex
CREATE INDEX "Notice_addressedAt_idx" ON "Notice"("addressedAt");

-- CreateIndex
CREATE INDEX "Delivery_doneAt_dueAt_idx" ON "Delivery"("doneAt", "dueAt");

-- CreateIndex
CREATE INDEX "Delivery_userId_doneAt_idx" ON "Delivery"("userId", "doneAt");

-- CreateIndex
CREATE INDEX "PushSubscription_userId_idx" ON "PushSubscription"("userId");

-- CreateIndex
CREATE INDEX "RateLimit_expire_idx" ON "RateLimit"("expire");

-- CreateIndex
CREATE INDEX "Gs1Key_consignment_idx" ON "Gs1Key"("consignment");

-- CreateIndex
CREATE UNIQUE INDEX "Passkey_credentialID_key" ON "Passkey"("credentialID");

-- CreateIndex
CREATE INDEX "Passkey_userId_idx" ON "Passkey"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Draft_party_importKey_key" ON "Draft"("party", "importKey");

-- CreateIndex
CREATE INDEX "Draft_party_importId_idx" ON "Draft"("party", "importId");

-- CreateIndex
CREATE INDEX "Draft_party_importName_idx" ON "Draft"("party", "importName");
