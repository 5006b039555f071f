-- The register of training is only added to. Of an officer who left it goes with their name (D19).
CREATE FUNCTION training_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        -- A day of grace: which day it is depends on the desk's time zone.
        IF NEW.done_on > (NEW.at AT TIME ZONE 'UTC')::date + 1 THEN
            RAISE EXCEPTION 'E-TRN-01: training of a day to come' USING ERRCODE = 'check_violation';
        ELSIF NEW.document_id IS NOT NULL AND NOT EXISTS (SELECT FROM document_version
                WHERE id = NEW.document_id AND kind = 'instructions' AND stage = 'in_force') THEN
            RAISE EXCEPTION 'E-TRN-03: no instructions in force' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    ELSIF TG_OP = 'DELETE' AND EXISTS (
            SELECT FROM officer WHERE id = OLD.officer_id AND name = 'Former officer') THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'E-TRN-01: the register of training is only added to' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER training_stays BEFORE INSERT OR UPDATE OR DELETE ON training
    FOR EACH ROW EXECUTE FUNCTION training_stays();

-- The newest line counts, with a day of grace on both sides.
CREATE FUNCTION is_child_trained(who uuid, day date) RETURNS boolean LANGUAGE sql STABLE
    SET search_path = public, pg_temp AS $$
    SELECT coalesce((SELECT day BETWEEN done_on - 1 AND valid_until + 1 FROM training
        WHERE officer_id = who AND course = 'children' ORDER BY at DESC, id DESC LIMIT 1), false)
$$;

-- Whoever authorises somebody who may be under 18 is appointed for it, and trained on that day.
CREATE OR REPLACE FUNCTION person_link_is_lawful() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    about person;
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.role, NEW.person_id, NEW.referral_id)
            IS DISTINCT FROM (OLD.role, OLD.person_id, OLD.referral_id) THEN
        RAISE EXCEPTION 'E-CAT-15: a role is never overwritten' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.ended_at IS NOT NULL THEN
        RETURN NULL;
    END IF;
    SELECT * INTO about FROM person WHERE id = NEW.person_id;
    IF about.under_ten AND (NEW.role NOT IN ('victim', 'witness_or_informant')
            OR NEW.welfare_reason IS NULL) THEN
        RAISE EXCEPTION 'E-CHD-73: under ten' USING ERRCODE = 'check_violation';
    END IF;
    IF about.child AND NEW.best_interests IS NULL THEN
        RAISE EXCEPTION 'E-CHD-74: best interests are missing' USING ERRCODE = 'check_violation';
    END IF;
    IF about.child AND NEW.authorised_by_id IS NOT NULL
            AND (TG_OP = 'INSERT' OR OLD.authorised_by_id IS NULL)
            AND NOT (EXISTS (SELECT FROM officer WHERE id = NEW.authorised_by_id
                             AND 'child_approver' = ANY (roles))
                     AND is_child_trained(NEW.authorised_by_id,
                                          (NEW.authorised_at AT TIME ZONE 'UTC')::date)) THEN
        RAISE EXCEPTION 'E-CHD-74: not trained for children' USING ERRCODE = 'check_violation';
    END IF;
    -- A role that is only asked for takes the contact details away when it comes into force.
    IF about.contact IS NOT NULL AND NEW.role NOT IN ('victim', 'witness_or_informant', 'reporter')
            AND (NEW.authorised_at IS NOT NULL OR about.standing = 'proposed') THEN
        RAISE EXCEPTION 'E-CON-04: contact of this role' USING ERRCODE = 'check_violation';
    END IF;
    -- A day of grace: which day it is depends on the desk's time zone.
    IF NEW.role IN ('suspect', 'convicted') AND EXISTS (
        SELECT FROM person_link WHERE person_id = NEW.person_id AND referral_id = NEW.referral_id
            AND id <> NEW.id AND role IN ('victim', 'witness_or_informant')
            AND authorised_at IS NOT NULL
            AND (at AT TIME ZONE 'UTC')::date - 1 > NEW.grounds_on) THEN
        RAISE EXCEPTION 'E-CAT-15: no new grounds' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

-- When an officer is forgotten on a closed desk, what they were trained in goes as well.
CREATE OR REPLACE FUNCTION desk_is_open() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    act constant text := split_part(encode(NEW.leaf, 'escape'), '"', 4);
    may text[] := CASE
        WHEN split_part(act, '.', 1) IN ('desk', 'officer', 'token', 'key', 'log', 'attempt') THEN
            ARRAY['officer I', 'officer U', 'token I', 'token U', 'token D', 'absence D', 'training D',
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
