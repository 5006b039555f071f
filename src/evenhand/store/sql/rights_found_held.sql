-- Every record that was found is held while the request is open, whosever one officer says it is.
CREATE OR REPLACE FUNCTION rights_found_is_held() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM rights_request WHERE id = OLD.request_id AND standing = 'open') THEN
        RAISE EXCEPTION 'E-HOLD-30: a request that found this record is not answered yet'
            USING ERRCODE = 'insufficient_privilege', HINT = 'Answer it first.';
    END IF;
    RETURN OLD;
END $$;

CREATE OR REPLACE FUNCTION held_is_kept() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    person uuid := (to_jsonb(OLD) ->> TG_ARGV[0])::uuid;
BEGIN
    IF EXISTS (SELECT FROM hold WHERE person_id = person
            AND ended_at IS NULL AND (expires_on IS NULL OR expires_on >= current_date))
        OR EXISTS (SELECT FROM rights_found AS found JOIN rights_request AS asked
            ON asked.id = found.request_id WHERE found.person_id = person
            AND asked.standing = 'open' AND asked.kind <> 'rectification') THEN
        RAISE EXCEPTION 'E-HOLD-30: what is held about a person is not destroyed'
            USING ERRCODE = 'insufficient_privilege', HINT = 'Wait until the hold has ended.';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
