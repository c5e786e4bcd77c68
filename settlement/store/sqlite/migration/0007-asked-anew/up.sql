-- A centre that was put back from an older copy judges batches anew which it had answered before. Its new answer may be lost on
-- the way as any other, so that a batch has to wait for it once more: answered, and to be answered again, both by turns.
DROP TRIGGER sync_batch_stays;
CREATE TRIGGER sync_batch_stays BEFORE UPDATE ON sync_batch
WHEN (OLD.answered_at IS NULL) = (NEW.answered_at IS NULL) OR NEW.number <> OLD.number OR NEW.previous <> OLD.previous
  OR NEW.hash <> OLD.hash OR NEW.first <> OLD.first OR NEW.count <> OLD.count OR NEW.made_at <> OLD.made_at OR NEW.bytes <> OLD.bytes
BEGIN SELECT RAISE(ABORT, 'a batch is never changed, only answered'); END;
