-- How far each mailbox was read: one row a mailbox, without its password.
CREATE TABLE machinery.mailbox (
    id uuid PRIMARY KEY,
    mailbox text NOT NULL UNIQUE,
    numbering bigint NOT NULL,
    last bigint NOT NULL,
    read_at timestamptz NOT NULL,
    failure text NOT NULL
);

-- A message belongs to one referral, about which a platform was written to, and is read once.
CREATE FUNCTION mail_is_attached_once() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.referral_id IS NOT NULL
            AND NEW.referral_id IS DISTINCT FROM OLD.referral_id THEN
        RAISE EXCEPTION 'E-MAIL-01: a message that is attached stays attached' USING ERRCODE = 'check_violation';
    ELSIF TG_OP = 'UPDATE' AND OLD.read_by_id IS NOT NULL
            AND NEW.read_by_id IS DISTINCT FROM OLD.read_by_id THEN
        RAISE EXCEPTION 'E-MAIL-05: a message is read first by one officer' USING ERRCODE = 'check_violation';
    ELSIF NEW.referral_id IS NOT NULL
            AND NOT EXISTS (SELECT FROM notice WHERE referral_id = NEW.referral_id) THEN
        RAISE EXCEPTION 'E-MAIL-02: nobody was written to about this referral' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER mail_is_attached_once BEFORE INSERT OR UPDATE ON mail
    FOR EACH ROW EXECUTE FUNCTION mail_is_attached_once();

CREATE FUNCTION answer_names_its_own_mail() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM mail WHERE id = NEW.mail_id AND referral_id = NEW.referral_id) THEN
        RAISE EXCEPTION 'E-MAIL-03: this message is not of this referral' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER answer_names_its_own_mail BEFORE INSERT OR UPDATE ON answer FOR EACH ROW
    WHEN (NEW.mail_id IS NOT NULL) EXECUTE FUNCTION answer_names_its_own_mail();
