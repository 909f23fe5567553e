-- CreateTable
CREATE TABLE "Cosignature" (
    "size" INTEGER NOT NULL,
    "witness" TEXT NOT NULL,
    "line" TEXT NOT NULL,
    "signedAt" BIGINT NOT NULL,

    PRIMARY KEY ("size", "witness")
);

-- CreateTable
CREATE TABLE "Witness" (
    "vkey" TEXT NOT NULL PRIMARY KEY,
    "size" INTEGER NOT NULL,
    "signedAt" BIGINT,
    "askedAt" BIGINT NOT NULL,
    "problem" TEXT,
    "detail" TEXT
);
