-- People are held under Part 3 alone, as the impact assessment in force says (E-REG-01).
CREATE FUNCTION person_is_held_under_part_3() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM document_version WHERE kind = 'dpia' AND stage = 'in_force'
               AND NOT 'part_3' = ANY (claims)) THEN
        RAISE EXCEPTION 'E-REG-01: the assessment in force is not of a desk under Part 3'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER person_is_held_under_part_3 BEFORE INSERT ON person
    FOR EACH ROW EXECUTE FUNCTION person_is_held_under_part_3();
