-- What is restricted as evidence is held as that, and so disposed of by nobody (A26). Asked at the end of the
-- transaction: the hold comes after the row. One that is over does not open the record again.
CREATE FUNCTION evidence_is_held() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM person WHERE id = NEW.id AND restricted_because = 'needed_as_evidence'
            AND NOT EXISTS (SELECT FROM hold WHERE person_id = NEW.id AND kind = 'evidence'
                AND ended_at IS NULL)) THEN
        RAISE EXCEPTION 'E-HOLD-26: restricted as evidence without a hold' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER evidence_is_held AFTER UPDATE ON person
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.restricted_because = 'needed_as_evidence'
        AND OLD.restricted_because IS DISTINCT FROM NEW.restricted_because)
    EXECUTE FUNCTION evidence_is_held();

-- Another role puts right what somebody was taken for, as a correction does what is said of them.
-- Says why a reply does not fit what was asked, held back and done; null where it does.
CREATE OR REPLACE FUNCTION rights_reply_fault(it rights_letter) RETURNS text LANGUAGE plpgsql STABLE
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
                    WHERE step.person_id = person.id AND step.what IN ('correct', 'change_role')
                        AND step.at >= asked.logged_at)
                WHEN 'restriction' THEN person.restricted_because IS NOT NULL OR person.review_on <= written_on
                ELSE NOT EXISTS (SELECT FROM hold WHERE hold.person_id = person.id AND hold.kind = 'evidence'
                    AND hold.ended_at IS NULL AND hold.expires_on > written_on) END) THEN
        RETURN 'E-RCT-39: of no record of theirs what was asked for is done';
    END IF;
    RETURN NULL;
END $$;

-- An assessment that the Commissioner has to advise on keeps people off the record until the advice is recorded or
-- a newer one is in force; one that is only written ends nothing (A60).
CREATE FUNCTION commissioner_is_heard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM document_version AS unheard WHERE kind = 'dpia' AND residual = 'high'
            AND NOT EXISTS (SELECT FROM document_version AS settled WHERE settled.kind = 'dpia'
                AND settled.number >= unheard.number
                AND (settled.in_force_from IS NOT NULL OR settled.ico_advised_on IS NOT NULL))) THEN
        RAISE EXCEPTION 'E-DPIA-60: the Commissioner has not advised' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
-- It comes after what is asked of every document: that is told first.
CREATE TRIGGER who_is_recorded_once_heard BEFORE INSERT ON person
    FOR EACH ROW EXECUTE FUNCTION commissioner_is_heard();
