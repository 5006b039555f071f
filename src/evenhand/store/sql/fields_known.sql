-- Which columns the tables have had, and from when to when: the history of what is recorded. It is
-- written anew after each migration; no act and no page can change it.
CREATE TABLE machinery.field_known (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    its_table text NOT NULL,
    its_column text NOT NULL,
    since date NOT NULL DEFAULT machinery.known_today(),
    until date,
    UNIQUE NULLS NOT DISTINCT (its_table, its_column, until)
);
CREATE FUNCTION machinery.note_fields() RETURNS void LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
BEGIN
    UPDATE machinery.field_known SET until = machinery.known_today() WHERE until IS NULL AND NOT EXISTS (
        SELECT FROM pg_attribute WHERE attrelid = to_regclass('public.' || quote_ident(its_table))
            AND attname = its_column AND NOT attisdropped);
    INSERT INTO machinery.field_known (its_table, its_column)
    SELECT relname, attname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
        AND attnum > 0 AND NOT attisdropped AND relname !~ '^(django|procrastinate)_'
    ON CONFLICT DO NOTHING;
END $$;
