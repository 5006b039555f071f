-- Certificates and traces of many who go come in two statements, each row under the entry of whose it is;
-- and certificates are counted in once a statement. What is written and counted is as before.

-- As in day_counts.sql, of all certificates that come at once.
DROP TRIGGER days_of_disposal ON disposal;
CREATE FUNCTION machinery.days_of_disposals_are_counted() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
BEGIN
    PERFORM machinery.count_on_day(counted, parts, day, step) FROM (
        SELECT its.counted, its.parts, its.day, count(*)::integer AS step
        FROM come CROSS JOIN LATERAL machinery.days_of(ROW(come.*)::disposal) AS its
        GROUP BY its.counted, its.parts, its.day
    ) AS these;
    RETURN NULL;
END $$;
CREATE TRIGGER days_of_disposal AFTER INSERT ON disposal REFERENCING NEW TABLE AS come
    FOR EACH STATEMENT EXECUTE FUNCTION machinery.days_of_disposals_are_counted();

-- As in held.sql and rights_reviews.sql, of all that was said and goes at once.
CREATE FUNCTION held_words_are_kept() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM gone JOIN hold ON hold.person_id = gone.person_id
            WHERE hold.ended_at IS NULL AND (hold.expires_on IS NULL OR hold.expires_on >= current_date))
        OR EXISTS (SELECT FROM gone JOIN rights_found AS found ON found.person_id = gone.person_id
            JOIN rights_request AS asked ON asked.id = found.request_id
            WHERE asked.standing = 'lifted' OR asked.standing = 'open' AND asked.kind <> 'rectification') THEN
        RAISE EXCEPTION 'E-HOLD-30: what is held about a person is not destroyed'
            USING ERRCODE = 'insufficient_privilege', HINT = 'Wait until the hold has ended.';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER held_is_kept AFTER DELETE ON person_statement REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION held_words_are_kept();
