-- CreateTable
CREATE TABLE "Leaf" (
    "leafIndex" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "subject" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "bytes" BLOB NOT NULL,
    "leafHash" BLOB NOT NULL,
    "recordedAt" BIGINT NOT NULL,
    "inEffect" BOOLEAN NOT NULL,
    "reason" TEXT
);

-- CreateTable
CREATE TABLE "EventName" (
    "hash" TEXT NOT NULL PRIMARY KEY,
    "leafIndex" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "Node" (
    "level" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "hash" BLOB NOT NULL,

    PRIMARY KEY ("level", "position")
);

-- CreateTable
CREATE TABLE "Head" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "size" INTEGER NOT NULL,
    "root" BLOB NOT NULL,
    "edge" BLOB NOT NULL,
    "recordedAt" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "Checkpoint" (
    "size" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "root" BLOB NOT NULL,
    "note" TEXT NOT NULL,
    "signedAt" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "Opening" (
    "leafIndex" INTEGER NOT NULL,
    "field" TEXT NOT NULL,
    "salt" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "isPublic" BOOLEAN NOT NULL,

    PRIMARY KEY ("leafIndex", "field")
);

-- CreateTable
CREATE TABLE "Consignment" (
    "reference" TEXT NOT NULL PRIMARY KEY,
    "mode" TEXT NOT NULL,
    "founder" TEXT NOT NULL,
    "consignee" TEXT,
    "stage" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "lines" INTEGER NOT NULL,
    "quantity" BIGINT NOT NULL,
    "unit" TEXT NOT NULL,
    "searchText" TEXT NOT NULL,
    "recordedAt" BIGINT NOT NULL,
    "leafIndex" INTEGER NOT NULL,
    "eventCount" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "Party" (
    "reference" TEXT NOT NULL PRIMARY KEY,
    "type" TEXT NOT NULL,
    "suspended" BOOLEAN NOT NULL,
    "nameLeaf" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "Key" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "publicKey" TEXT NOT NULL,
    "party" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "held" TEXT NOT NULL,
    "until" TEXT,
    "byOperator" BOOLEAN NOT NULL,
    "enrolledAt" INTEGER NOT NULL,
    "revokedAt" INTEGER
);

-- CreateIndex
CREATE UNIQUE INDEX "Leaf_subject_seq_key" ON "Leaf"("subject", "seq");

-- CreateIndex
CREATE INDEX "Consignment_leafIndex_idx" ON "Consignment"("leafIndex");

-- CreateIndex
CREATE INDEX "Key_party_idx" ON "Key"("party");
