-- Of what the rules of the registers refuse, this is held here as well: whoever decides in one of these tables has
-- accepted the instructions in force, and who approves a child's referral is trained for it on that day.

-- With a day of grace: which day it is depends on the desk's time zone. What somebody who has left
-- decided while they were here stands.
CREATE FUNCTION is_instructed(who uuid, day date) RETURNS boolean LANGUAGE sql STABLE
    SET search_path = public, pg_temp AS $$
    SELECT NOT EXISTS (SELECT FROM document_version AS read
        WHERE read.kind = 'instructions' AND read.stage = 'in_force' AND read.in_force_from + 15 < day
            AND EXISTS (SELECT FROM officer WHERE id = who AND (retired_at IS NULL OR retired_at::date < day))
            AND coalesce((SELECT valid_until + 1 < day FROM training
                WHERE officer_id = who AND course = 'instructions' AND document_id = read.id
                ORDER BY at DESC, id DESC LIMIT 1), true))
$$;

-- Its arguments are pairs: the column that names who decided, and that of when.
CREATE FUNCTION decides_on_instructions() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    it constant jsonb := to_jsonb(NEW);
    was constant jsonb := to_jsonb(OLD);
    who uuid;
BEGIN
    FOR place IN 0 .. TG_NARGS - 1 BY 2 LOOP
        who := it ->> TG_ARGV[place];
        IF who IS NOT NULL AND who IS DISTINCT FROM (was ->> TG_ARGV[place])::uuid
                AND NOT is_instructed(who,
                    ((it ->> TG_ARGV[place + 1])::timestamptz AT TIME ZONE 'UTC')::date) THEN
            RAISE EXCEPTION 'E-WHO-07: the instructions in force are not accepted'
                USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
CREATE TRIGGER decides_on_instructions BEFORE INSERT ON decision
    FOR EACH ROW EXECUTE FUNCTION decides_on_instructions('by_id', 'at');
CREATE TRIGGER decides_on_instructions BEFORE INSERT OR UPDATE ON person_link
    FOR EACH ROW EXECUTE FUNCTION decides_on_instructions('authorised_by_id', 'authorised_at');
CREATE TRIGGER decides_on_instructions BEFORE INSERT OR UPDATE ON agreement
    FOR EACH ROW EXECUTE FUNCTION decides_on_instructions('signed_by_id', 'signed_at');
CREATE TRIGGER decides_on_instructions BEFORE INSERT OR UPDATE ON disclosure
    FOR EACH ROW EXECUTE FUNCTION decides_on_instructions(
        'built_by_id', 'built_at', 'approved_by_id', 'approved_at', 'dpo_by_id', 'dpo_at');
CREATE TRIGGER decides_on_instructions BEFORE INSERT OR UPDATE ON export
    FOR EACH ROW EXECUTE FUNCTION decides_on_instructions(
        'by_id', 'at', 'answered_by_id', 'answered_at', 'dpo_by_id', 'dpo_at');
CREATE TRIGGER decides_on_instructions BEFORE INSERT OR UPDATE ON document_version
    FOR EACH ROW EXECUTE FUNCTION decides_on_instructions('approved_by_id', 'approved_at');

CREATE FUNCTION child_is_approved_by_who_is_trained() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM referral WHERE id = NEW.referral_id AND child)
            AND NOT (EXISTS (SELECT FROM officer WHERE id = NEW.by_id
                             AND 'child_approver' = ANY (roles))
                     AND is_child_trained(NEW.by_id, (NEW.at AT TIME ZONE 'UTC')::date)) THEN
        RAISE EXCEPTION 'E-CHD-74: not trained for children' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER child_is_approved_by_who_is_trained BEFORE INSERT ON decision
    FOR EACH ROW WHEN (NEW.decision = 'approve')
    EXECUTE FUNCTION child_is_approved_by_who_is_trained();

-- Training is recorded by who keeps the register, or by the desk itself.
CREATE FUNCTION training_is_recorded() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM officer WHERE id = NEW.by_id
                   AND roles && ARRAY['administrator', 'senior_owner']) THEN
        RAISE EXCEPTION 'E-WHO-02: recorded by nobody who keeps the register'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER training_is_recorded BEFORE INSERT ON training
    FOR EACH ROW WHEN (NEW.by_id <> NEW.officer_id) EXECUTE FUNCTION training_is_recorded();
