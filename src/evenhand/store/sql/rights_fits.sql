-- What a reply says of a request is so, and what happened with a request is entered in its order, whoever
-- writes it (rules/rights_replies.py, rules/clocks_events.py). A day of grace: which day it is depends on
-- the desk's time zone. The words themselves are sealed.

-- Says why a reply does not fit what was asked, held back and done; null where it does.
CREATE FUNCTION rights_reply_fault(it rights_letter) RETURNS text LANGUAGE plpgsql STABLE
    SET search_path = public, pg_temp AS $$
DECLARE
    asked rights_request;
    written_on date := (it.at AT TIME ZONE 'UTC')::date;
BEGIN
    SELECT * INTO asked FROM rights_request WHERE id = it.request_id;
    IF NOT it.outcome = ANY (CASE asked.kind
            WHEN 'access' THEN ARRAY['given', 'given_in_part', 'nothing_to_give', 'unfounded']
            WHEN 'complaint' THEN ARRAY['granted', 'granted_in_part', 'refused']
            ELSE ARRAY['granted', 'granted_in_part', 'refused', 'unfounded', 'nothing_to_give'] END) THEN
        RETURN 'E-RGT-03: a request of this kind does not end so';
    END IF;
    IF it.outcome = 'given' AND EXISTS (SELECT FROM rights_mark WHERE request_id = asked.id
            AND lifted_at IS NULL AND withheld IN ('third_party', 'restricted_told')) THEN
        RETURN 'E-RST-37: something is held back of which the person reads';
    END IF;
    IF asked.kind <> 'complaint' AND it.outcome IN ('granted', 'granted_in_part') AND NOT EXISTS (
            SELECT FROM rights_found AS hit JOIN person ON person.id = hit.person_id
            WHERE hit.request_id = asked.id AND hit.is_theirs AND CASE asked.kind
                WHEN 'rectification' THEN EXISTS (SELECT FROM person_step AS step
                    WHERE step.person_id = person.id AND step.what = 'correct' AND step.at >= asked.logged_at)
                WHEN 'restriction' THEN person.restricted_because IS NOT NULL OR person.review_on <= written_on
                ELSE NOT EXISTS (SELECT FROM hold WHERE hold.person_id = person.id AND hold.kind = 'evidence'
                    AND hold.ended_at IS NULL AND hold.expires_on > written_on) END) THEN
        RETURN 'E-RCT-39: of no record of theirs what was asked for is done';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION rights_reply_fits() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    fault text;
    began_on date;
BEGIN
    IF NEW.kind = 'acknowledgement' THEN
        IF TG_OP = 'INSERT' AND (
                EXISTS (SELECT FROM rights_letter WHERE request_id = NEW.request_id AND kind = NEW.kind)
                OR NOT EXISTS (SELECT FROM rights_request WHERE id = NEW.request_id AND kind = 'complaint')) THEN
            RAISE EXCEPTION 'E-RGT-03: only a complaint is acknowledged, and once'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    ELSIF NEW.kind <> 'reply' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' THEN
        fault := rights_reply_fault(NEW);
        IF fault IS NOT NULL THEN
            RAISE EXCEPTION '%', fault USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.standing = 'approved' AND OLD.standing = 'proposed' THEN
        IF NEW.outcome IN ('given', 'given_in_part') AND EXISTS (SELECT FROM rights_found AS hit
                WHERE hit.request_id = NEW.request_id AND hit.is_theirs
                AND NOT EXISTS (SELECT FROM rights_pack AS pack
                    WHERE pack.letter_id = NEW.id AND pack.person_id = hit.person_id)
                AND NOT EXISTS (SELECT FROM rights_mark AS mark WHERE mark.request_id = NEW.request_id
                    AND mark.piece = 'person/' || hit.person_id AND mark.withheld = 'restricted_untold')) THEN
            RAISE EXCEPTION 'E-SAR-35: a record of theirs is in no pack with this reply'
                USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.standing = 'sent' AND OLD.standing <> 'sent' AND NEW.outcome = 'nothing_to_give' THEN
        SELECT greatest(received_on, (SELECT max(day) FROM rights_event AS event
                WHERE event.request_id = it.id AND what IN ('identity_given', 'fee_paid')))
            INTO began_on FROM rights_request AS it WHERE id = NEW.request_id;
        IF (NEW.sent_at AT TIME ZONE 'UTC')::date + 1 < began_on + 21 THEN
            RAISE EXCEPTION 'E-RST-38: what gives nothing leaves on one day, whatever the reason for it is'
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
-- It comes after what says how a letter goes on: that is told first.
CREATE TRIGGER rights_reply_what_it_says BEFORE INSERT OR UPDATE ON rights_letter
    FOR EACH ROW EXECUTE FUNCTION rights_reply_fits();

CREATE FUNCTION rights_event_in_order() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    asks text := CASE NEW.what WHEN 'identity_given' THEN 'identity_asked' WHEN 'fee_paid' THEN 'fee_asked'
        WHEN 'clarification_answered' THEN 'clarification_asked' ELSE NEW.what END;
    answers text := CASE asks WHEN 'identity_asked' THEN 'identity_given' WHEN 'fee_asked' THEN 'fee_paid'
        WHEN 'clarification_asked' THEN 'clarification_answered' END;
    waits boolean;
BEGIN
    IF NEW.day > (NEW.at AT TIME ZONE 'UTC')::date + 1
            OR EXISTS (SELECT FROM rights_request WHERE id = NEW.request_id AND received_on > NEW.day)
            OR EXISTS (SELECT FROM rights_event WHERE request_id = NEW.request_id AND day > NEW.day) THEN
        RAISE EXCEPTION 'E-CLK-43: what happened is entered in its order, and not before it is so'
            USING ERRCODE = 'check_violation';
    END IF;
    IF answers IS NOT NULL THEN
        SELECT count(*) FILTER (WHERE what = asks) > count(*) FILTER (WHERE what = answers) INTO waits
            FROM rights_event WHERE request_id = NEW.request_id;
        IF waits <> (NEW.what = answers) THEN
            RAISE EXCEPTION 'E-CLK-43: an answer comes to what was asked, and before it is asked again'
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
-- It comes after what says why: that is told first.
CREATE TRIGGER rights_event_that_happened BEFORE INSERT ON rights_event
    FOR EACH ROW EXECUTE FUNCTION rights_event_in_order();
