-- D27 to D29: how long requests for information, who asked, and what is published are kept at most.
ALTER TABLE foi_request ADD CONSTRAINT foi_request_ends_after_3_years
    CHECK (max_on <= closed_on + interval '36 months');
ALTER TABLE foi_disclosure ADD CONSTRAINT foi_disclosure_ends_after_10_years
    CHECK (max_on <= replied_on + interval '10 years');

-- A step stands as it was entered; so does what was published.
CREATE FUNCTION foi_stays_as_it_was() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW IS NOT DISTINCT FROM OLD THEN
        RETURN NEW; -- Nothing changes; without an entry the guard refuses even that.
    END IF;
    RAISE EXCEPTION 'E-FOI-10: what was entered here is not changed' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER foi_step_stays BEFORE UPDATE ON foi_step
    FOR EACH ROW EXECUTE FUNCTION foi_stays_as_it_was();

-- Once a reply has left, what it says of each part stands; and so does the letter.
CREATE FUNCTION foi_reply_stands() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW IS NOT DISTINCT FROM OLD THEN
        RETURN NEW;
    END IF;
    IF TG_TABLE_NAME = 'foi_letter' THEN
        IF OLD.sent_on IS NOT NULL OR (OLD.text, OLD.published, OLD.kind, OLD.reply)
                IS DISTINCT FROM (NEW.text, NEW.published, NEW.kind, NEW.reply) THEN
            RAISE EXCEPTION 'E-FOI-89: a letter is not changed' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.reply <> OLD.reply OR EXISTS (SELECT FROM foi_letter WHERE request_id = OLD.request_id
            AND kind = 'reply' AND reply = OLD.reply AND returned_at IS NULL) THEN
        RAISE EXCEPTION 'E-FOI-89: a reply says this already' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER foi_letter_stands BEFORE UPDATE ON foi_letter
    FOR EACH ROW EXECUTE FUNCTION foi_reply_stands();
CREATE TRIGGER foi_part_stands BEFORE UPDATE ON foi_part
    FOR EACH ROW EXECUTE FUNCTION foi_reply_stands();
