-- CreateTable
CREATE TABLE "IndexLeaf" (
    "size" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "root" BLOB NOT NULL,
    "mapRoot" BLOB NOT NULL,
    "recordedAt" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "MapTile" (
    "path" TEXT NOT NULL PRIMARY KEY,
    "content" BLOB NOT NULL
);
