-- What was recorded is never changed and never deleted. Re-created and read back at every start (lib/data/guards.ts): a migration that
-- rebuilds a table drops its triggers without a word. Each statement ends with a line that reads END;

CREATE TRIGGER "Leaf_no_update" BEFORE UPDATE ON "Leaf"
BEGIN
  SELECT RAISE(ABORT, 'a leaf is never changed');
END;

CREATE TRIGGER "Leaf_no_delete" BEFORE DELETE ON "Leaf"
BEGIN
  SELECT RAISE(ABORT, 'a leaf is never deleted');
END;

CREATE TRIGGER "EventName_no_update" BEFORE UPDATE ON "EventName"
BEGIN
  SELECT RAISE(ABORT, 'the name of an event is never changed');
END;

CREATE TRIGGER "EventName_no_delete" BEFORE DELETE ON "EventName"
BEGIN
  SELECT RAISE(ABORT, 'the name of an event is never deleted');
END;

CREATE TRIGGER "Node_no_update" BEFORE UPDATE ON "Node"
BEGIN
  SELECT RAISE(ABORT, 'a node of the tree is never changed');
END;

CREATE TRIGGER "Node_no_delete" BEFORE DELETE ON "Node"
BEGIN
  SELECT RAISE(ABORT, 'a node of the tree is never deleted');
END;

CREATE TRIGGER "Checkpoint_no_update" BEFORE UPDATE ON "Checkpoint"
BEGIN
  SELECT RAISE(ABORT, 'a checkpoint is never changed');
END;

CREATE TRIGGER "Checkpoint_no_delete" BEFORE DELETE ON "Checkpoint"
BEGIN
  SELECT RAISE(ABORT, 'a checkpoint is never deleted');
END;

CREATE TRIGGER "IndexLeaf_no_update" BEFORE UPDATE ON "IndexLeaf"
BEGIN
  SELECT RAISE(ABORT, 'an index leaf is never changed');
END;

CREATE TRIGGER "IndexLeaf_no_delete" BEFORE DELETE ON "IndexLeaf"
BEGIN
  SELECT RAISE(ABORT, 'an index leaf is never deleted');
END;

CREATE TRIGGER "Head_no_delete" BEFORE DELETE ON "Head"
BEGIN
  SELECT RAISE(ABORT, 'the head is never deleted');
END;

CREATE TRIGGER "Head_no_shrinking" BEFORE UPDATE OF "id", "size", "root", "edge", "recordedAt" ON "Head" WHEN NEW."size" <= OLD."size"
BEGIN
  SELECT RAISE(ABORT, 'the log only grows');
END;
