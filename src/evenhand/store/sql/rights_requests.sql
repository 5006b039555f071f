-- Requests of people about their data: what is found is held until they are answered, a letter is
-- what two officers agreed on, and a request ends with a reply that left.

-- An answered request owes a letter while something is lifted and not given.
CREATE FUNCTION rights_request_is_answered() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    ended text[] := ARRAY['standing', 'unreached_at', 'unreached_by_id', 'tried'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.standing <> 'open' THEN
            RAISE EXCEPTION 'E-RGT-04: a request begins open' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW IS NOT DISTINCT FROM OLD THEN
        RETURN NEW; -- Nothing changes; without an entry the guard refuses even that.
    END IF;
    IF OLD.standing IN ('replied', 'lifted') AND NEW.standing IN ('replied', 'lifted')
            AND to_jsonb(NEW) - 'standing' = to_jsonb(OLD) - 'standing' THEN
        IF (NEW.standing = 'lifted') <> EXISTS (SELECT FROM rights_mark WHERE request_id = NEW.id
                AND lifted_at IS NOT NULL AND told_at IS NULL) THEN
            RAISE EXCEPTION 'E-RST-35: a request owes a letter while something is lifted and not given'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.standing = 'lifted' AND NEW.standing = 'unreached'
            AND to_jsonb(NEW) - ended = to_jsonb(OLD) - ended THEN
        IF NOT EXISTS (SELECT FROM rights_letter WHERE request_id = NEW.id AND kind = 'further'
                AND standing = 'undelivered')
                OR EXISTS (SELECT FROM rights_review WHERE request_id = NEW.id AND standing = 'proposed') THEN
            RAISE EXCEPTION 'E-RST-35: no letter to this person failed, or a review waits'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.standing <> 'open' OR (OLD.id, OLD.reference, OLD.receipt, OLD.kind, OLD.received_on,
            OLD.name, OLD.birth_date, OLD.wish) IS DISTINCT FROM (NEW.id, NEW.reference,
            NEW.receipt, NEW.kind, NEW.received_on, NEW.name, NEW.birth_date, NEW.wish)
            OR NEW.standing IN ('lifted', 'unreached') THEN
        RAISE EXCEPTION 'E-RGT-04: a request is answered once, and not changed otherwise'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.standing = 'withdrawn' THEN
        IF EXISTS (SELECT FROM rights_letter WHERE request_id = NEW.id AND kind = 'reply'
                AND standing <> 'returned')
                OR NOT EXISTS (SELECT FROM rights_letter WHERE request_id = NEW.id
                AND kind = 'withdrawal') THEN
            RAISE EXCEPTION 'E-RGT-04: a reply waits, or no letter says that it was withdrawn'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NOT EXISTS (SELECT FROM rights_letter WHERE request_id = NEW.id AND kind = 'reply'
            AND standing = 'sent' AND outcome = NEW.outcome) THEN
        RAISE EXCEPTION 'E-RGT-04: no reply to this request has left'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rights_request_is_answered BEFORE INSERT OR UPDATE ON rights_request
    FOR EACH ROW EXECUTE FUNCTION rights_request_is_answered();

-- What was written is what is answered and sent: its words stay, and it goes only forward. What gives more
-- is proposed to a second officer, too, and only where it is owed; it is not delivered once mail was
-- tried, where there is an address.
CREATE FUNCTION rights_letter_stands() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.standing <> (CASE WHEN NEW.kind IN ('reply', 'further') THEN 'proposed' ELSE 'approved' END) THEN
            RAISE EXCEPTION 'E-RGT-05: a letter begins as it is written'
                USING ERRCODE = 'check_violation';
        END IF;
        IF NOT EXISTS (SELECT FROM rights_request WHERE id = NEW.request_id
                AND standing = (CASE NEW.kind WHEN 'further' THEN 'lifted' ELSE 'open' END)) THEN
            RAISE EXCEPTION 'E-RGT-04: this request is answered, or nothing more is owed'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW IS NOT DISTINCT FROM OLD THEN
        RETURN NEW;
    END IF;
    IF OLD.standing IN ('sent', 'returned', 'undelivered')
            OR (OLD.standing = 'proposed' AND NEW.standing NOT IN ('approved', 'returned'))
            OR (OLD.standing = 'approved' AND NEW.standing NOT IN ('approved', 'sent', 'undelivered'))
            OR (OLD.id, OLD.request_id, OLD.kind, OLD.outcome, OLD.subject, OLD.text, OLD.because,
                OLD.by_id, OLD.at) IS DISTINCT FROM (NEW.id, NEW.request_id, NEW.kind, NEW.outcome,
                NEW.subject, NEW.text, NEW.because, NEW.by_id, NEW.at) THEN
        RAISE EXCEPTION 'E-RGT-05: a letter is answered and sent as it was written'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.standing = 'undelivered' AND (NEW.kind <> 'further' OR OLD.in_the_post OR NOT EXISTS (
            SELECT FROM rights_request WHERE id = NEW.request_id AND standing = 'lifted')
            OR (coalesce(OLD.failure, 'fault') = 'fault' AND EXISTS (SELECT FROM rights_contact
                WHERE request_id = NEW.request_id AND email IS NOT NULL))) THEN
        RAISE EXCEPTION 'E-RGT-05: this letter can still be sent' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rights_letter_stands BEFORE INSERT OR UPDATE ON rights_letter
    FOR EACH ROW EXECUTE FUNCTION rights_letter_stands();

-- What happened, what was searched and what was packed is added, never changed.
CREATE FUNCTION rights_stays() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW IS NOT DISTINCT FROM OLD THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'E-RGT-04: what was entered about a request stays'
        USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER rights_stays BEFORE UPDATE ON rights_event
    FOR EACH ROW EXECUTE FUNCTION rights_stays();
CREATE TRIGGER rights_stays BEFORE UPDATE ON rights_search
    FOR EACH ROW EXECUTE FUNCTION rights_stays();
CREATE TRIGGER rights_stays BEFORE UPDATE ON rights_pack
    FOR EACH ROW EXECUTE FUNCTION rights_stays();
-- Every record that was found is held while the request is open, or while more is to be given.
CREATE FUNCTION rights_found_is_held() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM rights_request WHERE id = OLD.request_id AND standing IN ('open', 'lifted')) THEN
        RAISE EXCEPTION 'E-HOLD-30: a request that found this record is not answered yet'
            USING ERRCODE = 'insufficient_privilege', HINT = 'Answer it first.';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER rights_found_is_held BEFORE DELETE ON rights_found
    FOR EACH ROW EXECUTE FUNCTION rights_found_is_held();
