-- What was restricted because somebody contested it is used again once they were told; or where two people
-- had decided, on a ground in law and in date, that they are not told (E-HOLD-27, E-RST-34). Asked at the
-- end of the transaction: the step that says so comes after the row.
CREATE FUNCTION told_before_lifting() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM person_step AS contested
               WHERE contested.person_id = NEW.id AND what = 'restrict' AND about = 'accuracy_contested'
               AND NOT EXISTS (SELECT FROM person_step AS lifted WHERE lifted.person_id = NEW.id
                   AND lifted.what = 'lift' AND lifted.at >= contested.at
                   AND (lifted.about = 'told' OR (lifted.about = 'not_told' AND EXISTS (
                       SELECT FROM notify_decision AS made WHERE made.person_id = NEW.id
                           AND made.telling = 'restrict' AND made.confirmed_at <= lifted.at
                           AND coalesce(made.replaced_at, lifted.at) >= lifted.at
                           -- A day of grace: which day it is depends on the desk's time zone.
                           AND made.review_on >= (lifted.at AT TIME ZONE 'UTC')::date - 1))))) THEN
        RAISE EXCEPTION 'E-HOLD-27: lifted before they were told' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER told_before_lifting AFTER UPDATE ON person
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.standing = 'restricted' AND NEW.standing = 'held')
    EXECUTE FUNCTION told_before_lifting();

-- What nobody decided on in time is used again by a decision alone, and joined with nothing (E-NOT-33).
CREATE FUNCTION decided_to_tell() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM notify_decision WHERE person_id = NEW.id AND replaced_at IS NULL
            AND (telling = 'tell' OR confirmed_at IS NOT NULL)) THEN
        RAISE EXCEPTION 'E-NOT-33: nobody decided whether they are told' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decided_to_tell BEFORE UPDATE ON person FOR EACH ROW
    WHEN (OLD.restricted_because = 'not_decided_to_tell'
        AND NEW.restricted_because IS DISTINCT FROM OLD.restricted_because)
    EXECUTE FUNCTION decided_to_tell();

CREATE FUNCTION joined_once_decided() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM person WHERE id IN (NEW.first_id, NEW.second_id)
            AND restricted_because = 'not_decided_to_tell') THEN
        RAISE EXCEPTION 'E-NOT-33: nobody decided whether they are told' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER joined_once_decided BEFORE INSERT ON combination FOR EACH ROW
    WHEN (NEW.standing = 'proposed') EXECUTE FUNCTION joined_once_decided();
CREATE TRIGGER becomes_joined_once_decided BEFORE UPDATE ON combination FOR EACH ROW
    WHEN (OLD.standing = 'proposed' AND NEW.standing = 'joined') EXECUTE FUNCTION joined_once_decided();
