-- D09: how a challenger is reached, three months at most; and only about a challenge that waits.
ALTER TABLE challenger_contact ADD CONSTRAINT challenger_contact_ends_after_3_months
    CHECK (last_on <= day + interval '3 months');

CREATE FUNCTION challenger_may_be_told() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM challenge WHERE id = NEW.challenge AND standing = 'open') THEN
        RAISE EXCEPTION 'E-CHAL-04: nobody is reached about this challenge'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER challenger_may_be_told AFTER INSERT ON challenger_contact
    FOR EACH ROW EXECUTE FUNCTION challenger_may_be_told();
