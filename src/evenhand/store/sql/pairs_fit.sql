-- Of two records of the same name and birth date somebody says whether they are one person's before the
-- second one comes on record, also where both come at the same moment; and what was proposed of a pair
-- comes to its end when one of the two goes (rules/combinations.py).

-- One after the other: whoever brings somebody of this name and birth date on record.
CREATE FUNCTION lock_people_of(named bytea[]) RETURNS void LANGUAGE sql
    SET search_path = public, pg_temp AS $$
    SELECT pg_advisory_xact_lock(hashtextextended(encode(it, 'hex'), 0)) FROM unnest(named) AS it ORDER BY it
$$;

CREATE FUNCTION person_is_told_apart() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM lock_people_of(NEW.tokens);
    IF EXISTS (SELECT FROM person AS other WHERE other.tokens && NEW.tokens AND other.id <> NEW.id
            AND other.standing IN ('held', 'restricted')
            AND NOT EXISTS (SELECT FROM combination WHERE standing IN ('apart', 'proposed', 'joined')
                AND NEW.id IN (first_id, second_id) AND other.id IN (first_id, second_id))) THEN
        RAISE EXCEPTION 'E-CMB-49: somebody of this name and birth date is on record'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
-- It comes before people are counted: what is locked for that is locked last.
CREATE TRIGGER apart_from_others BEFORE UPDATE OF standing ON person FOR EACH ROW
    WHEN (OLD.standing = 'proposed' AND NEW.standing IN ('held', 'restricted'))
    EXECUTE FUNCTION person_is_told_apart();

-- Who may be one with somebody who was on record before them: nobody has decided it yet.
CREATE INDEX counted_as_undecided ON machinery.counted_as (whose) WHERE counted = 'people_undecided';
CREATE FUNCTION machinery.people_undecided() RETURNS SETOF uuid LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
    SELECT whose FROM machinery.counted_as WHERE counted = 'people_undecided'
$$;

CREATE OR REPLACE FUNCTION combination_is_lawful() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'E-CMB-49: what was decided of two records is never deleted' USING ERRCODE = 'check_violation';
    ELSIF TG_OP = 'INSERT' THEN
        IF NEW.standing NOT IN ('apart', 'proposed') THEN
            RAISE EXCEPTION 'E-CMB-49: one officer proposes first' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.first_id, OLD.second_id, OLD.decided_by_id, OLD.decided_at)
        IS DISTINCT FROM (NEW.first_id, NEW.second_id, NEW.decided_by_id, NEW.decided_at)
        OR (OLD.standing <> NEW.standing AND (OLD.standing, NEW.standing) NOT IN
            (('proposed', 'joined'), ('proposed', 'refused'), ('proposed', 'lapsed'), ('joined', 'undone'))) THEN
        RAISE EXCEPTION 'E-CMB-49: what was decided stays' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.standing = 'joined' AND OLD.standing <> 'joined' THEN
        PERFORM FROM person WHERE id IN (NEW.first_id, NEW.second_id) ORDER BY id FOR UPDATE;
        IF (SELECT count(*) FILTER (WHERE standing IN ('held', 'restricted')) <> 2
                OR count(DISTINCT one_with) <> 2
            FROM person WHERE id IN (NEW.first_id, NEW.second_id)) THEN
            RAISE EXCEPTION 'E-CMB-49: two people on record are joined' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
