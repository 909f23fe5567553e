-- What was recorded is never changed and never deleted. Read back at every start, and made again where anything differs (lib/data/guards.ts). Each trigger
-- is a line as PostgreSQL spells it; lib/data/guards.ts also sees to it that they stay on where a session plays a replica.

CREATE OR REPLACE FUNCTION throughline_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
END;
$$;

CREATE TRIGGER "Leaf_no_update" BEFORE UPDATE ON "Leaf" FOR EACH ROW EXECUTE FUNCTION throughline_refuse('a leaf is never changed');
CREATE TRIGGER "Leaf_no_delete" BEFORE DELETE ON "Leaf" FOR EACH ROW EXECUTE FUNCTION throughline_refuse('a leaf is never deleted');
CREATE TRIGGER "Leaf_no_truncate" BEFORE TRUNCATE ON "Leaf" FOR EACH STATEMENT EXECUTE FUNCTION throughline_refuse('a leaf is never deleted');

CREATE TRIGGER "EventName_no_update" BEFORE UPDATE ON "EventName" FOR EACH ROW EXECUTE FUNCTION throughline_refuse('the name of an event is never changed');
CREATE TRIGGER "EventName_no_delete" BEFORE DELETE ON "EventName" FOR EACH ROW EXECUTE FUNCTION throughline_refuse('the name of an event is never deleted');
CREATE TRIGGER "EventName_no_truncate" BEFORE TRUNCATE ON "EventName" FOR EACH STATEMENT EXECUTE FUNCTION throughline_refuse('the name of an event is never deleted');

CREATE TRIGGER "Node_no_update" BEFORE UPDATE ON "Node" FOR EACH ROW EXECUTE FUNCTION throughline_refuse('a node of the tree is never changed');
CREATE TRIGGER "Node_no_delete" BEFORE DELETE ON "Node" FOR EACH ROW EXECUTE FUNCTION throughline_refuse('a node of the tree is never deleted');
CREATE TRIGGER "Node_no_truncate" BEFORE TRUNCATE ON "Node" FOR EACH STATEMENT EXECUTE FUNCTION throughline_refuse('a node of the tree is never deleted');

CREATE TRIGGER "Checkpoint_no_update" BEFORE UPDATE ON "Checkpoint" FOR EACH ROW EXECUTE FUNCTION throughline_refuse('a checkpoint is never changed');
CREATE TRIGGER "Checkpoint_no_delete" BEFORE DELETE ON "Checkpoint" FOR EACH ROW EXECUTE FUNCTION throughline_refuse('a checkpoint is never deleted');
CREATE TRIGGER "Checkpoint_no_truncate" BEFORE TRUNCATE ON "Checkpoint" FOR EACH STATEMENT EXECUTE FUNCTION throughline_refuse('a checkpoint is never deleted');

CREATE TRIGGER "IndexLeaf_no_update" BEFORE UPDATE ON "IndexLeaf" FOR EACH ROW EXECUTE FUNCTION throughline_refuse('an index leaf is never changed');
CREATE TRIGGER "IndexLeaf_no_delete" BEFORE DELETE ON "IndexLeaf" FOR EACH ROW EXECUTE FUNCTION throughline_refuse('an index leaf is never deleted');
CREATE TRIGGER "IndexLeaf_no_truncate" BEFORE TRUNCATE ON "IndexLeaf" FOR EACH STATEMENT EXECUTE FUNCTION throughline_refuse('an index leaf is never deleted');

CREATE TRIGGER "Head_no_delete" BEFORE DELETE ON "Head" FOR EACH ROW EXECUTE FUNCTION throughline_refuse('the head is never deleted');
CREATE TRIGGER "Head_no_truncate" BEFORE TRUNCATE ON "Head" FOR EACH STATEMENT EXECUTE FUNCTION throughline_refuse('the head is never deleted');
CREATE TRIGGER "Head_no_shrinking" BEFORE UPDATE OF id, size, root, edge, "recordedAt" ON "Head" FOR EACH ROW WHEN (new.size <= old.size) EXECUTE FUNCTION throughline_refuse('the log only grows');
