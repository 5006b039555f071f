-- Nobody comes on record without an assessment and a policy document in date (a day of grace: which
-- day it is depends on the desk's time zone), and how many people are on record is kept here, so
-- that no act can forget it. A person is counted once, however many records are joined.
CREATE FUNCTION count_person(who uuid, one uuid, origin text, step integer) RETURNS void
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    named text;
    first boolean;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('people_count'));
    FOREACH named IN ARRAY ARRAY['', coalesce(origin, 'evenhand')] LOOP
        first := NOT EXISTS (
            SELECT FROM person AS other WHERE other.one_with = one AND other.id <> who
                AND other.standing IN ('held', 'restricted')
                AND (named = '' OR coalesce(other.origin, 'evenhand') = named));
        UPDATE people_count SET records = records + step,
            people = people + CASE WHEN first THEN step ELSE 0 END WHERE system = named;
        IF NOT FOUND THEN
            INSERT INTO people_count (id, system, records, people)
            VALUES (gen_random_uuid(), named, step, step);
        END IF;
    END LOOP;
END $$;

CREATE FUNCTION person_is_counted() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    today date;
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.one_with := NEW.id;
        today := (NEW.proposed_at AT TIME ZONE 'UTC')::date - 1;
        IF NOT EXISTS (SELECT FROM document_version WHERE kind = 'dpia' AND stage = 'in_force'
                       AND review_on + 60 >= today) THEN
            RAISE EXCEPTION 'E-DPIA-58: no impact assessment in force' USING ERRCODE = 'check_violation';
        ELSIF EXISTS (SELECT FROM document_version WHERE stage = 'awaiting_ico') THEN
            RAISE EXCEPTION 'E-DPIA-60: the Commissioner has not advised' USING ERRCODE = 'check_violation';
        ELSIF NOT EXISTS (SELECT FROM document_version WHERE kind = 'apd' AND stage = 'in_force'
                          AND review_on >= today) THEN
            RAISE EXCEPTION 'E-APD-05: no policy document in force' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF TG_OP = 'UPDATE' AND (OLD.standing IN ('held', 'restricted')) = (NEW.standing IN ('held', 'restricted'))
        AND (OLD.one_with, OLD.origin) IS NOT DISTINCT FROM (NEW.one_with, NEW.origin) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.standing IN ('held', 'restricted') THEN
        PERFORM count_person(OLD.id, OLD.one_with, OLD.origin, -1);
    END IF;
    IF NEW.standing IN ('held', 'restricted') THEN
        PERFORM count_person(NEW.id, NEW.one_with, NEW.origin, 1);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER person_is_counted BEFORE INSERT OR UPDATE OR DELETE ON person
    FOR EACH ROW EXECUTE FUNCTION person_is_counted();

-- All records that are joined with one, directly or through others.
CREATE FUNCTION records_of_one(start uuid) RETURNS uuid[] LANGUAGE sql STABLE
    SET search_path = public, pg_temp AS $$
    WITH RECURSIVE one (id) AS (
        SELECT start
        UNION
        SELECT CASE WHEN it.first_id = one.id THEN it.second_id ELSE it.first_id END
        FROM one JOIN combination AS it ON it.standing = 'joined' AND one.id IN (it.first_id, it.second_id)
    )
    SELECT array_agg(id ORDER BY id) FROM one
$$;

CREATE FUNCTION combination_is_lawful() RETURNS trigger LANGUAGE plpgsql
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
            (('proposed', 'joined'), ('proposed', 'refused'), ('joined', 'undone'))) THEN
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

-- Joined or taken apart, each record says with which it is one: the least id of them.
CREATE FUNCTION combination_joins() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    start uuid;
    one uuid[];
BEGIN
    FOREACH start IN ARRAY ARRAY[NEW.first_id, NEW.second_id] LOOP
        one := records_of_one(start);
        UPDATE person SET one_with = one[1] WHERE id = ANY (one) AND one_with <> one[1];
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER combination_joins AFTER UPDATE OF standing ON combination
    FOR EACH ROW WHEN (OLD.standing IS DISTINCT FROM NEW.standing)
    EXECUTE FUNCTION combination_joins();
