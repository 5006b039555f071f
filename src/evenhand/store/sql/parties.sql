-- Who stands on a register of joint controllers or processors gets what that register lets it have, whoever
-- writes it (rules/parties.py). The text of a register is sealed; once it is in force the names are public,
-- and stand here as they are compared, each with its last day.
ALTER TABLE document_version ADD CONSTRAINT document_lists_parties_once_in_force CHECK (
    (listed IS NULL AND listed_until IS NULL)
    OR (in_force_from IS NOT NULL AND kind IN ('joint_controllers', 'processors')
        AND listed IS NOT NULL AND listed_until IS NOT NULL
        AND cardinality(listed) = cardinality(listed_until)));
-- Of recipients from before, the program alone compares the name, until an agreement with them is proposed.
ALTER TABLE recipient ADD CONSTRAINT recipient_is_compared CHECK (folded IS NOT NULL) NOT VALID;

CREATE FUNCTION parties_stay_listed() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.in_force_from IS NOT NULL
            AND (OLD.listed, OLD.listed_until) IS DISTINCT FROM (NEW.listed, NEW.listed_until) THEN
        RAISE EXCEPTION 'E-DPIA-59: who stood on a register is never changed' USING ERRCODE = 'check_violation';
    ELSIF OLD.in_force_from IS NULL AND NEW.in_force_from IS NOT NULL AND NEW.listed IS NULL
            AND NEW.kind IN ('joint_controllers', 'processors') THEN
        RAISE EXCEPTION 'E-CTR-63: a register in force lists its parties' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER parties_stay_listed BEFORE UPDATE ON document_version
    FOR EACH ROW EXECUTE FUNCTION parties_stay_listed();

-- Its argument is the column of when something leaves. Who stands on a register, or stood on one while the
-- agreement was in force, has a line there now that is in date.
CREATE FUNCTION goes_to_a_party_in_force() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    -- A day of grace: which day it is depends on the desk's time zone.
    day date := ((to_jsonb(NEW) ->> TG_ARGV[0])::timestamptz AT TIME ZONE 'UTC')::date - 1;
    is_party boolean;
    in_date boolean;
BEGIN
    SELECT count(*) > 0, coalesce(bool_or(stage = 'in_force' AND until >= day), false) INTO is_party, in_date
    FROM agreement JOIN recipient ON recipient.id = recipient_id,
        document_version, unnest(listed, listed_until) AS line (name, until)
    WHERE agreement.id = NEW.agreement_id AND line.name = recipient.folded
        AND (stage = 'in_force' OR replaced_at >= agreement.signed_at);
    IF is_party AND NOT in_date THEN
        RAISE EXCEPTION 'E-CTR-62: a joint controller or a processor that is not listed any more'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'goes_to_a_party_in_force';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER goes_to_a_party_in_force BEFORE UPDATE ON disclosure
    FOR EACH ROW WHEN (NEW.standing = 'released' AND OLD.standing <> 'released')
    EXECUTE FUNCTION goes_to_a_party_in_force('released_at');
CREATE TRIGGER goes_to_a_party_in_force BEFORE UPDATE ON export
    FOR EACH ROW WHEN (NEW.taken_at IS DISTINCT FROM OLD.taken_at)
    EXECUTE FUNCTION goes_to_a_party_in_force('taken_at');
