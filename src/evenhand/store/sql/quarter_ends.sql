-- The last day of a quarter, which is closed whether or not something was counted on it: what is told of the
-- quarter is settled then. It has to be within a fortnight after the last day that was closed, and there is one
-- such day in a fortnight. So a clock that runs ahead closes at most one day without counts, and none by more.
CREATE FUNCTION machinery.end_of_quarter_after(closed date) RETURNS date LANGUAGE sql IMMUTABLE AS $$
    SELECT ending FROM (SELECT (date_trunc('quarter', closed + 1) + interval '3 months')::date - 1) AS its (ending)
    WHERE ending <= closed + 14
$$;
