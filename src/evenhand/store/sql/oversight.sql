-- What was tried and refused, newest first.
CREATE INDEX entry_of_attempt ON entry (number)
    WHERE substr(leaf, 1, 16) = '{"act":"attempt.'::bytea;

-- Each time that the log was compared with casework, and what was found. The newest are kept.
CREATE TABLE machinery.reconciliation (
    id uuid PRIMARY KEY,
    began_at timestamptz NOT NULL,
    ended_at timestamptz NOT NULL,
    entries bigint NOT NULL,
    rows bigint NOT NULL,
    changes bigint NOT NULL,
    found integer NOT NULL,
    differences jsonb NOT NULL,
    in_tree bigint,
    failure text NOT NULL DEFAULT ''
);
CREATE INDEX reconciliation_newest ON machinery.reconciliation (ended_at);

-- Looks as the last comparison counted them: by day and purpose, never by officer.
CREATE TABLE machinery.looks_of_day (
    id uuid PRIMARY KEY,
    day date NOT NULL,
    why text NOT NULL,
    looks bigint NOT NULL,
    repeats bigint NOT NULL,
    UNIQUE (day, why)
);
