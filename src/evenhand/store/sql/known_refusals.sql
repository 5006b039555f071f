-- What a rule of the catalogue refuses and only the actions refused so far, for whoever writes past them.

-- A third look at one account within 28 days rests on an authorisation that is held elsewhere (E-RIPA-71).
-- The figures are those of WINDOW and FREE_LOOKS in rules/looks.py.
CREATE FUNCTION look_is_allowed() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT count(*) FROM look WHERE account = NEW.account AND id <> NEW.id
            AND day >= NEW.day - 28 AND day < NEW.day) >= 2
        AND EXISTS (SELECT FROM referral WHERE id = NEW.referral_id AND authorisation IS NULL) THEN
        RAISE EXCEPTION 'E-RIPA-71: a look too many at one account without an authorisation'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER look_is_allowed AFTER INSERT OR UPDATE ON look FOR EACH ROW EXECUTE FUNCTION look_is_allowed();

-- A referral goes out by a channel that the data protection officer signed off for this platform, in date
-- at the moment it goes (E-TRF-69); what was sent by hand, at the moment it was sent. A day of grace: which day
-- it is depends on the desk's time zone.
CREATE FUNCTION notice_is_signed_off() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    moment constant timestamptz := CASE WHEN NEW.transport = 'portal' THEN coalesce(NEW.settled_at, NEW.at) ELSE NEW.at END;
BEGIN
    IF NOT EXISTS (
        SELECT FROM sign_off JOIN referral ON sign_off.platform IN (referral.platform, 'other')
        WHERE referral.id = NEW.referral_id AND sign_off.transport = NEW.transport
            AND (ended_at IS NULL OR ended_at > moment)
            AND sign_off.review_on >= (moment AT TIME ZONE 'UTC')::date - 1) THEN
        RAISE EXCEPTION 'E-TRF-69: nobody signed off to send to this platform in this way'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER notice_is_signed_off AFTER INSERT ON notice FOR EACH ROW
    WHEN (NEW.kind = 'referral') EXECUTE FUNCTION notice_is_signed_off();
