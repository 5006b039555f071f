-- Partitions of ten million entries; `evenhand migrate` keeps four empty ones ahead. The three tables are
-- parted at the same numbers, so each part of an opening or a change is held to the same part of `entry`:
-- PostgreSQL asks one index for each row, and not which of all parts may have the entry.
ALTER TABLE opening DROP CONSTRAINT IF EXISTS opening_entry_fkey;
ALTER TABLE change DROP CONSTRAINT IF EXISTS change_belongs_to_an_entry;
CREATE OR REPLACE FUNCTION make_partitions_ahead() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    size constant bigint := 10000000;
    here bigint := (SELECT last_value FROM entry_number) / size;
    parent text;
BEGIN
    FOR part IN 0 .. here + 4 LOOP
        FOREACH parent IN ARRAY ARRAY['entry', 'opening', 'change'] LOOP
            EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF %I FOR VALUES FROM (%s) TO (%s)',
                           parent || '_' || part, parent, part * size, (part + 1) * size);
        END LOOP;
        CONTINUE WHEN EXISTS (SELECT FROM pg_constraint
            WHERE conrelid = format('change_%s', part)::regclass AND conname = 'change_belongs_to_an_entry');
        EXECUTE format('ALTER TABLE opening_%1$s ADD CONSTRAINT opening_belongs_to_an_entry
            FOREIGN KEY (entry) REFERENCES entry_%1$s (number)', part);
        EXECUTE format('ALTER TABLE change_%1$s ADD CONSTRAINT change_belongs_to_an_entry
            FOREIGN KEY (entry, made_in) REFERENCES entry_%1$s (number, made_in) DEFERRABLE INITIALLY DEFERRED', part);
    END LOOP;
END $$;
SELECT make_partitions_ahead();
