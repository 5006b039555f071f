-- What somebody challenges is neither closed nor goes before that is settled (E-CHAL-01).
CREATE FUNCTION challenge_is_settled_first() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM challenge WHERE referral_id = NEW.id AND standing = 'open') THEN
        RAISE EXCEPTION 'E-CHAL-01: a challenge to this referral waits to be settled'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER challenge_is_settled_first BEFORE UPDATE ON referral FOR EACH ROW
    WHEN (NEW.state = 'closed' AND OLD.state <> 'closed')
    EXECUTE FUNCTION challenge_is_settled_first();

-- A challenge that waits goes only where the statutory route destroyed what it is about. Asked at
-- the end of the act, once the referral stands there.
CREATE FUNCTION challenge_waits() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM referral WHERE id = OLD.referral_id AND state = 'statutory_route') THEN
        RAISE EXCEPTION 'E-CHAL-01: a challenge that waits is not deleted'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER challenge_waits AFTER DELETE ON challenge
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.standing = 'open')
    EXECUTE FUNCTION challenge_waits();

-- What is closed does not move, except by the statutory route, and by a challenge and its settling.
CREATE TRIGGER record_is_closed BEFORE UPDATE ON referral FOR EACH ROW
    WHEN (OLD.restricted IS NOT NULL AND NEW.state <> OLD.state AND NEW.state <> 'statutory_route'
        AND 'under_challenge' NOT IN (OLD.state, NEW.state))
    EXECUTE FUNCTION record_is_closed();
