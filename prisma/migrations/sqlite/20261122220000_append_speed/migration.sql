-- CreateTable
CREATE TABLE "Projected" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "size" INTEGER NOT NULL
);

-- Until now projections were written with each batch: they say what all leaves say.
INSERT INTO "Projected" ("id", "size") SELECT 1, "size" FROM "Head";
