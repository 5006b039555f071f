-- Whoever was disposed of lately comes back by a fresh case alone (A24). A proposal carries the trace
-- of whom it names wholly, so that the database can tell; it goes when somebody is on record.
CREATE FUNCTION check_fresh_case(named bytea, through uuid, asked timestamptz) RETURNS void LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    -- A day of grace at both ends: which day it is depends on the desk's time zone.
    IF EXISTS (SELECT FROM disposed_trace AS it JOIN referral ON referral.id = through
               WHERE it.trace = named AND (logged_at AT TIME ZONE 'UTC')::date < it.day
               AND it.day > (asked - interval '12 months')::date + 1) THEN
        RAISE EXCEPTION 'E-DISP-24: disposed of lately, and no fresh case' USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE FUNCTION person_is_traced() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.standing = 'proposed' AND NEW.trace IS NULL AND cardinality(NEW.tokens) > 0 THEN
            RAISE EXCEPTION 'E-DISP-24: proposed without a trace' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.trace IS DISTINCT FROM OLD.trace AND (NEW.trace IS NOT NULL OR NEW.standing = 'proposed') THEN
        RAISE EXCEPTION 'E-DISP-24: a trace stays while somebody is proposed' USING ERRCODE = 'check_violation';
    ELSIF OLD.standing = 'proposed' AND NEW.standing = 'held' THEN
        PERFORM check_fresh_case(OLD.trace, referral_id, at) FROM person_link
            WHERE person_id = NEW.id AND ended_at IS NULL;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER person_is_traced BEFORE INSERT OR UPDATE ON person
    FOR EACH ROW EXECUTE FUNCTION person_is_traced();

CREATE FUNCTION link_is_of_a_fresh_case() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM check_fresh_case(trace, NEW.referral_id, NEW.at) FROM person WHERE id = NEW.person_id;
    RETURN NEW;
END $$;
CREATE TRIGGER link_is_of_a_fresh_case BEFORE INSERT ON person_link
    FOR EACH ROW EXECUTE FUNCTION link_is_of_a_fresh_case();
