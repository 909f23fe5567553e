-- A key of text stood twice, in the table and in the index of its key: these tables are the index of their key.
-- Prisma has no word for WITHOUT ROWID; schema and queries are the same.
CREATE TABLE "new_EventName" (
    "hash" TEXT NOT NULL PRIMARY KEY,
    "leafIndex" INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO "new_EventName" ("hash", "leafIndex") SELECT "hash", "leafIndex" FROM "EventName" ORDER BY "hash";
DROP TABLE "EventName";
ALTER TABLE "new_EventName" RENAME TO "EventName";

CREATE TABLE "new_Opening" (
    "leafIndex" INTEGER NOT NULL,
    "field" TEXT NOT NULL,
    "salt" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "isPublic" BOOLEAN NOT NULL,

    PRIMARY KEY ("leafIndex", "field")
) WITHOUT ROWID;
INSERT INTO "new_Opening" ("leafIndex", "field", "salt", "value", "isPublic")
SELECT "leafIndex", "field", "salt", "value", "isPublic" FROM "Opening" ORDER BY "leafIndex", "field";
DROP TABLE "Opening";
ALTER TABLE "new_Opening" RENAME TO "Opening";
