-- What whoever asks for their data is asked or told has its reasons, as DPA 2018 ss.52 to 54 want them.
-- That the words say something is for the program: they are sealed.
CREATE FUNCTION rights_event_says_why() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.what = 'identity_asked' AND NEW.reasons IS NULL THEN
        RAISE EXCEPTION 'E-ID-43: who asks is in doubt for a reason' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.what = 'fee_asked' AND NEW.reasons IS NULL THEN
        RAISE EXCEPTION 'E-MUE-44: a fee is asked for a reason' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.what = 'extended' AND (NEW.reasons IS NULL OR NEW.because = '{}'
            OR NOT NEW.because <@ ARRAY['complexity', 'number']) THEN
        RAISE EXCEPTION 'E-CLK-41: more time is taken for a reason of the Act'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.what = 'clarification_asked' AND NOT EXISTS (
            SELECT FROM rights_request WHERE id = NEW.request_id AND kind = 'access') THEN
        RAISE EXCEPTION 'E-CLK-42: the time stands still for requests for access alone'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rights_event_says_why BEFORE INSERT ON rights_event
    FOR EACH ROW EXECUTE FUNCTION rights_event_says_why();

-- A reply comes after a search, but to a complaint, or where a request is unfounded and says why.
CREATE FUNCTION rights_reply_was_searched() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.kind <> 'reply' THEN
        RETURN NEW;
    END IF;
    IF NEW.outcome = 'unfounded' THEN
        IF NEW.because IS NULL THEN
            RAISE EXCEPTION 'E-MUE-44: a request is unfounded for a reason'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT FROM rights_request WHERE id = NEW.request_id AND kind <> 'complaint')
            AND NOT EXISTS (SELECT FROM rights_search WHERE request_id = NEW.request_id) THEN
        RAISE EXCEPTION 'E-SAR-36: nobody has searched for this request'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rights_reply_was_searched BEFORE INSERT ON rights_letter
    FOR EACH ROW EXECUTE FUNCTION rights_reply_was_searched();
