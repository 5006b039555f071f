-- Each part of the changes points to the same part of the entries, which holds the same numbers. To ask the
-- whole of the entries for each change took several times as long, at the end of every act.
ALTER TABLE change DROP CONSTRAINT change_belongs_to_an_entry;

CREATE OR REPLACE FUNCTION make_partitions_ahead() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    size constant bigint := 10000000;
    here bigint := (SELECT last_value FROM entry_number) / size;
    part bigint;
    parent text;
BEGIN
    FOR part IN here .. here + 4 LOOP
        FOREACH parent IN ARRAY ARRAY['entry', 'opening', 'change'] LOOP
            EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF %I FOR VALUES FROM (%s) TO (%s)',
                           parent || '_' || part, parent, part * size, (part + 1) * size);
        END LOOP;
        PERFORM hold_to_its_entries(part);
    END LOOP;
END $$;

CREATE FUNCTION hold_to_its_entries(part bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'change_belongs_to_an_entry'
                   AND conrelid = format('change_%s', part)::regclass) THEN
        EXECUTE format('ALTER TABLE %I ADD CONSTRAINT change_belongs_to_an_entry FOREIGN KEY (entry, made_in)
            REFERENCES %I (number, made_in) DEFERRABLE INITIALLY DEFERRED', 'change_' || part, 'entry_' || part);
    END IF;
END $$;
SELECT hold_to_its_entries(substring(relname FROM '\d+$')::bigint) FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname ~ '^change_\d+$';
