-- No casework on a closed desk, by whatever way it comes (E-OPEN-01). The words and the three acts are
-- those of STILL_DONE and STILL_ENDED in rules/opening.py. Whoever writes names the act in the leaf
-- as they like, so the rows that this entry changed are looked at, too: the guard noted each of
-- them before, and lets none be changed after its entry.
CREATE OR REPLACE FUNCTION desk_is_open() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    act constant text := split_part(encode(NEW.leaf, 'escape'), '"', 4);
    may text[] := CASE
        WHEN split_part(act, '.', 1) IN ('desk', 'officer', 'token', 'key', 'log', 'attempt') THEN
            ARRAY['officer I', 'officer U', 'token I', 'token U', 'token D', 'absence D',
                  'restoration I', 'restoration U', 'record_key I']
        WHEN act = 'platform.endtoken' THEN ARRAY['platform_token U']
        WHEN act = 'platform.endsignoff' THEN ARRAY['sign_off U']
        WHEN act = 'link.revoke' THEN ARRAY['referral U', 'move I']
    END;
BEGIN
    IF desk_is_closed() AND (may IS NULL OR EXISTS (
        SELECT FROM change WHERE entry = NEW.number
            AND row_table || ' ' || operation <> ALL (may))) THEN
        RAISE EXCEPTION 'E-OPEN-01: this desk was restored and is not open yet'
            USING ERRCODE = 'check_violation', HINT = 'An administrator proposes, the data protection officer attests.';
    END IF;
    RETURN NEW;
END $$;
