-- A part or a reply is of the reply that comes next, where there is one to give.
CREATE OR REPLACE FUNCTION foi_of_the_next_reply() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM foi_request WHERE id = NEW.request_id
            AND (CASE standing WHEN 'at_commissioner' THEN foi_owed(id) ELSE standing END)
                IN ('open', 'to_reply_again', 'to_comply'))
        OR NEW.reply <> 1 + (SELECT count(*) FROM foi_letter WHERE request_id = NEW.request_id
            AND kind = 'reply' AND sent_on IS NOT NULL) THEN
        RAISE EXCEPTION 'E-FOI-89: no such reply is to be given now' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER foi_part_is_of_the_next BEFORE INSERT ON foi_part
    FOR EACH ROW EXECUTE FUNCTION foi_of_the_next_reply();
CREATE OR REPLACE TRIGGER foi_letter_is_of_the_next BEFORE INSERT ON foi_letter
    FOR EACH ROW WHEN (NEW.kind = 'reply') EXECUTE FUNCTION foi_of_the_next_reply();
