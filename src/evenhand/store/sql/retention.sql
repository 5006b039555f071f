-- What the database itself refuses of retention, whoever asks.

-- A hold that stands is not deleted; a record that it keeps cannot go, as the hold names it.
CREATE FUNCTION hold_stands() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'E-HOLD-30: a hold that stands is not deleted'
        USING ERRCODE = 'insufficient_privilege', HINT = 'What is held is kept.';
END $$;
CREATE TRIGGER hold_stands BEFORE DELETE ON hold FOR EACH ROW
    WHEN (OLD.ended_at IS NULL AND (OLD.expires_on IS NULL OR OLD.expires_on >= current_date))
    EXECUTE FUNCTION hold_stands();

-- A record goes with a certificate or not at all, and what goes is counted out.
CREATE FUNCTION record_goes() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM disposal WHERE record = OLD.id AND what = 'record') THEN
        RAISE EXCEPTION 'E-CNT-29: a record is not deleted without a certificate of its disposal'
            USING ERRCODE = 'insufficient_privilege', HINT = 'One officer proposes, another releases.';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER record_goes BEFORE DELETE ON referral FOR EACH ROW EXECUTE FUNCTION record_goes();

-- What is closed does not move, except by the statutory route, which destroys its words.
CREATE FUNCTION record_is_closed() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'E-RET-28: a record that is closed does not move'
        USING ERRCODE = 'insufficient_privilege', HINT = 'It is reviewed first.';
END $$;

-- A last day moves once under one schedule.
CREATE FUNCTION last_day_moves() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'E-RET-22: the last day of a record moves once at most'
        USING ERRCODE = 'insufficient_privilege', HINT = 'Two people move it, on a new finding.';
END $$;
CREATE TRIGGER last_day_moves BEFORE UPDATE ON referral FOR EACH ROW
    WHEN (NEW.schedule = OLD.schedule AND NEW.start_on = OLD.start_on AND NEW.max_on > OLD.max_on
        AND (OLD.extended IS TRUE OR NEW.extended IS NOT TRUE))
    EXECUTE FUNCTION last_day_moves();
CREATE TRIGGER last_day_moves BEFORE UPDATE ON person FOR EACH ROW
    WHEN (NEW.schedule = OLD.schedule AND NEW.start_on = OLD.start_on AND NEW.max_on > OLD.max_on
        AND (OLD.extended IS TRUE OR NEW.extended IS NOT TRUE))
    EXECUTE FUNCTION last_day_moves();

-- When the worker last looked what is due: one row.
CREATE TABLE machinery.retention_run (
    id smallint PRIMARY KEY CHECK (id = 1),
    ran_at timestamptz NOT NULL,
    dated integer NOT NULL,
    restricted integer NOT NULL,
    waiting integer NOT NULL,
    destroyed integer NOT NULL
);

-- The limits of the code, for whoever writes past it.
ALTER TABLE hold ADD CONSTRAINT hold_ends_within_a_year CHECK (expires_on <= day + 365);
ALTER TABLE disposal ADD CONSTRAINT disposal_waits_for_its_release
    CHECK (because <> 'not_released' OR day > max_on + 14);
ALTER TABLE referral ADD CONSTRAINT referral_last_day_within_limits
    CHECK (max_on <= start_on + interval '12 years') NOT VALID;
ALTER TABLE person ADD CONSTRAINT person_last_day_within_limits
    CHECK (max_on <= start_on + interval '8 years');

-- What was decided of two records goes with either of them. Those that were one person through the one
-- that goes stay so, without its words, so that people are counted once; what was proposed of two that are
-- one already goes too. Nothing but this deletes what was decided.
CREATE FUNCTION person_leaves_others() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    who uuid;
    others uuid[];
BEGIN
    FOR who IN SELECT id FROM gone WHERE EXISTS (SELECT FROM combination WHERE first_id = gone.id)
            OR EXISTS (SELECT FROM combination WHERE second_id = gone.id) ORDER BY id LOOP
        SELECT array_agg(CASE WHEN first_id = who THEN second_id ELSE first_id END ORDER BY id)
            INTO others FROM combination WHERE standing = 'joined' AND who IN (first_id, second_id);
        DELETE FROM combination WHERE standing = 'proposed' AND first_id = ANY (others) AND second_id = ANY (others);
        UPDATE combination SET reason = NULL, answer = NULL,
            first_id = CASE WHEN first_id = who THEN others[1] ELSE first_id END,
            second_id = CASE WHEN second_id = who THEN others[1] ELSE second_id END
            WHERE standing = 'joined' AND who IN (first_id, second_id)
                AND others[1] NOT IN (first_id, second_id);
        DELETE FROM combination WHERE who IN (first_id, second_id);
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER combination_is_lawful BEFORE INSERT OR UPDATE OR DELETE ON combination
    FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION combination_is_lawful();
