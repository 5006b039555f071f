-- What is asked of each entry, and of each who goes, is asked once of all that come in one statement, and of
-- an entry no more is read than is counted. What is refused and counted is as before.

-- As in training.sql, of all entries of a statement.
CREATE TRIGGER desk_is_open AFTER INSERT ON entry REFERENCING NEW TABLE AS come
    FOR EACH STATEMENT EXECUTE FUNCTION desk_is_open();

-- As in counted_together.sql. What is disclosed has no quotation mark in it, and of what comes nothing is erased
-- yet: so its place is found without reading the rest. Of entries from before, `told_of_act` tells.
CREATE FUNCTION machinery.said_in(disclosed text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT nullif(convert_from(decode(rpad(translate(disclosed, '-_', '+/'), (length(disclosed) + 3) / 4 * 4, '='),
        'base64'), 'UTF8'), '')::json ->> 2
$$;
