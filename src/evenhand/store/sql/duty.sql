-- Whom the desk has to erase stays so (A25): no day of theirs becomes later, and the reason stays. A
-- second officer alone declines what one review came to.
CREATE FUNCTION duty_stands() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.review_on > OLD.review_on OR NEW.max_on > OLD.max_on OR (
        NEW.erase_because IS DISTINCT FROM OLD.erase_because AND NOT (
            OLD.erase_because = 'review_failed' AND coalesce(NEW.erase_because = 'policy_lapsed', (
                SELECT standing = 'declined' FROM review WHERE person_id = OLD.id AND outcome = 'dispose'
                ORDER BY at DESC LIMIT 1), false))) THEN
        RAISE EXCEPTION 'E-ERA-25: what is to be erased is not kept on' USING ERRCODE = 'check_violation',
            HINT = 'It is erased, restricted or held as evidence.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER to_be_erased BEFORE UPDATE ON person FOR EACH ROW
    WHEN (OLD.erase_because IS NOT NULL) EXECUTE FUNCTION duty_stands();
