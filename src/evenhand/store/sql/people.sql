-- What must never be true of a person, whoever writes it. Told by the rule's code.

-- The role is what a link says: it never changes on it. One link ends and another begins. Whoever
-- authorises somebody who may be under 18 is appointed for it, and trained on that day.
CREATE FUNCTION person_link_is_lawful() RETURNS trigger LANGUAGE plpgsql
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
CREATE TRIGGER person_link_is_lawful AFTER INSERT OR UPDATE ON person_link
    FOR EACH ROW EXECUTE FUNCTION person_link_is_lawful();

-- The same from the other side: what changes on the person must fit the links in force.
CREATE FUNCTION person_fits_links() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.contact IS NOT NULL AND EXISTS (SELECT FROM person_link WHERE person_id = NEW.id
            AND ended_at IS NULL AND (authorised_at IS NOT NULL OR NEW.standing = 'proposed')
            AND role NOT IN ('victim', 'witness_or_informant', 'reporter')) THEN
        RAISE EXCEPTION 'E-CON-04: contact of this role' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.under_ten AND EXISTS (SELECT FROM person_link WHERE person_id = NEW.id
            AND ended_at IS NULL AND (role NOT IN ('victim', 'witness_or_informant')
            OR welfare_reason IS NULL)) THEN
        RAISE EXCEPTION 'E-CHD-73: under ten' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.child AND EXISTS (SELECT FROM person_link WHERE person_id = NEW.id
            AND ended_at IS NULL AND best_interests IS NULL) THEN
        RAISE EXCEPTION 'E-CHD-74: best interests are missing' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER person_fits_links AFTER UPDATE ON person
    FOR EACH ROW EXECUTE FUNCTION person_fits_links();
