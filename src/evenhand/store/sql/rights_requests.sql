-- Requests of people about their data: what is found is held until they are answered, a letter is
-- what two officers agreed on, and a request ends with a reply that left.

-- D30: three months at most from the reply.
CREATE FUNCTION rights_request_is_answered() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
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
    IF OLD.standing <> 'open' OR (OLD.id, OLD.reference, OLD.receipt, OLD.kind, OLD.received_on,
            OLD.name, OLD.birth_date, OLD.wish) IS DISTINCT FROM (NEW.id, NEW.reference,
            NEW.receipt, NEW.kind, NEW.received_on, NEW.name, NEW.birth_date, NEW.wish) THEN
        RAISE EXCEPTION 'E-RGT-04: a request is answered once, and not changed otherwise'
            USING ERRCODE = 'check_violation';
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

-- What was written is what is answered and sent: its words stay, and it goes only forward.
CREATE FUNCTION rights_letter_stands() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.standing <> (CASE NEW.kind WHEN 'reply' THEN 'proposed' ELSE 'approved' END) THEN
            RAISE EXCEPTION 'E-RGT-05: a letter begins as it is written'
                USING ERRCODE = 'check_violation';
        END IF;
        IF EXISTS (SELECT FROM rights_request WHERE id = NEW.request_id AND standing <> 'open') THEN
            RAISE EXCEPTION 'E-RGT-04: this request is answered' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW IS NOT DISTINCT FROM OLD THEN
        RETURN NEW;
    END IF;
    IF OLD.standing IN ('sent', 'returned')
            OR (OLD.standing = 'proposed' AND NEW.standing NOT IN ('approved', 'returned'))
            OR (OLD.standing = 'approved' AND NEW.standing NOT IN ('approved', 'sent'))
            OR (OLD.id, OLD.request_id, OLD.kind, OLD.outcome, OLD.subject, OLD.text, OLD.because,
                OLD.by_id, OLD.at) IS DISTINCT FROM (NEW.id, NEW.request_id, NEW.kind, NEW.outcome,
                NEW.subject, NEW.text, NEW.because, NEW.by_id, NEW.at) THEN
        RAISE EXCEPTION 'E-RGT-05: a letter is answered and sent as it was written'
            USING ERRCODE = 'check_violation';
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
CREATE TRIGGER rights_stays BEFORE UPDATE ON rights_mark
    FOR EACH ROW EXECUTE FUNCTION rights_stays();
ALTER TABLE rights_mark ADD CONSTRAINT rights_mark_is_reviewed_within_90_days
    CHECK (review_on - (at AT TIME ZONE 'UTC')::date <= 91);

-- A record that an open request is about does not go: what was found of it is not deleted.
CREATE FUNCTION rights_found_is_held() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.is_theirs IS DISTINCT FROM false AND EXISTS (
            SELECT FROM rights_request WHERE id = OLD.request_id AND standing = 'open') THEN
        RAISE EXCEPTION 'E-HOLD-30: a request about this record is not answered yet'
            USING ERRCODE = 'insufficient_privilege', HINT = 'Answer it first.';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER rights_found_is_held BEFORE DELETE ON rights_found
    FOR EACH ROW EXECUTE FUNCTION rights_found_is_held();

-- And nothing of it is destroyed by whoever writes it, but for what is asked to be put right.
CREATE OR REPLACE FUNCTION held_is_kept() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    person uuid := (to_jsonb(OLD) ->> TG_ARGV[0])::uuid;
BEGIN
    IF EXISTS (SELECT FROM hold WHERE person_id = person
            AND ended_at IS NULL AND (expires_on IS NULL OR expires_on >= current_date))
        OR EXISTS (SELECT FROM rights_found AS found JOIN rights_request AS asked
            ON asked.id = found.request_id WHERE found.person_id = person
            AND asked.standing = 'open' AND asked.kind <> 'rectification'
            AND found.is_theirs IS DISTINCT FROM false) THEN
        RAISE EXCEPTION 'E-HOLD-30: what is held about a person is not destroyed'
            USING ERRCODE = 'insufficient_privilege', HINT = 'Wait until the hold has ended.';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
