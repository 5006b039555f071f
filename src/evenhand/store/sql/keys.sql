-- What names the key of a record, a person, their role or what was said of them keeps it from going: at once,
-- and not at commit. RESTRICT asks one question of each table for each row that goes; NO ACTION, as Django
-- makes these constraints, first asks another: whether a new row has taken its place. Run after every
-- migration, so that tables which come have it too. Who was decided to be one person with somebody is parted
-- from them by a trigger as they go (`person_leaves_others`), so that is compared at commit.
DO $$
DECLARE
    named text;
    constrained name;
    said text;
BEGIN
    FOR named, constrained, said IN
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE contype = 'f' AND confdeltype = 'a' AND conrelid <> 'combination'::regclass AND confrelid IN
            ('record_key'::regclass, 'person'::regclass, 'person_link'::regclass, 'person_statement'::regclass)
    LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I, ADD CONSTRAINT %2$I %s', named, constrained,
            replace(said, ' DEFERRABLE', ' ON DELETE RESTRICT DEFERRABLE'));
    END LOOP;
END $$;
