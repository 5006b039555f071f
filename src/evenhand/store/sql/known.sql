-- On which day each count came to be known, so that a number can be given again as it was on any day:
-- what is put right or disposed of later is taken out under the later day. The day is the database's,
-- in the desk's time zone: nobody dates a count back.

-- Counted anew, all is known from today on: what was known before is gone.
ALTER FUNCTION machinery.count_anew(text) RENAME TO count_all_anew;
CREATE FUNCTION machinery.count_anew(zone text) RETURNS void LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
BEGIN
    PERFORM machinery.count_all_anew(zone);
    UPDATE machinery.known_since SET day = machinery.known_today();
END $$;

-- How many people were on record at the end of each day on which that changed.
CREATE TABLE machinery.people_known (
    system text NOT NULL,
    known_on date NOT NULL,
    records integer NOT NULL,
    people integer NOT NULL,
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    UNIQUE (system, known_on)
);
CREATE FUNCTION machinery.people_are_known() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
BEGIN
    PERFORM machinery.slot_of_ones_own();
    INSERT INTO machinery.people_known (system, known_on, records, people)
    VALUES (NEW.system, machinery.known_today(), NEW.records, NEW.people)
    ON CONFLICT (system, known_on)
    DO UPDATE SET records = excluded.records, people = excluded.people;
    RETURN NULL;
END $$;
CREATE TRIGGER people_are_known AFTER INSERT OR UPDATE ON people_count
    FOR EACH ROW EXECUTE FUNCTION machinery.people_are_known();
INSERT INTO machinery.people_known (system, known_on, records, people)
SELECT system, machinery.known_today(), records, people FROM people_count;
