-- Looks that were repeated are found by an index that has only whether they were. How often they were is in no
-- index, so from the second time on a repeat is written beside the row, and touches no index (HOT).
ALTER TABLE machinery.consultation ADD COLUMN is_repeated boolean NOT NULL GENERATED ALWAYS AS (repeats > 0) STORED;
ALTER TABLE machinery.consultation SET (fillfactor = 80);
DROP INDEX IF EXISTS machinery.consultation_repeated;
CREATE INDEX consultation_repeated ON machinery.consultation (at) WHERE is_repeated;
