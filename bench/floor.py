"""The floor: a bare Django view that does the same work, and nothing besides.

One row and one log row are written, or one indexed page is read, by whoever shows a token. It has
no rules, no seal, no trigger and no middleware: nothing of ours can be faster.
"""

import argparse
import os
import sys
from typing import Any

import django
from django.conf import settings

TABLES = """
    DROP SCHEMA IF EXISTS floor CASCADE;
    CREATE SCHEMA floor;
    CREATE TABLE floor.token (digest bytea PRIMARY KEY, name text NOT NULL);
    CREATE TABLE floor.record (id bigserial PRIMARY KEY, reference uuid NOT NULL UNIQUE,
        state text NOT NULL, body text NOT NULL, words text[] NOT NULL, at timestamptz NOT NULL);
    CREATE TABLE floor.log (id bigserial PRIMARY KEY, record uuid NOT NULL, act text NOT NULL,
        who text NOT NULL, at timestamptz NOT NULL);
    INSERT INTO floor.record (reference, state, body, words, at)
        SELECT gen_random_uuid(), CASE WHEN n % 10 = 0 THEN 'open' ELSE 'closed' END,
            repeat('words ', 40), ARRAY['common', 'rare' || n], now()
        FROM generate_series(1, {n}) n;
    INSERT INTO floor.log (record, act, who, at)
        SELECT reference, 'logged', 'someone', at FROM floor.record, generate_series(1, 5);
    CREATE INDEX ON floor.record (state, id);
    CREATE INDEX ON floor.record USING gin (words) WITH (fastupdate = off);
    CREATE INDEX ON floor.log (record, id);
    GRANT USAGE ON SCHEMA floor TO {app};
    GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA floor TO {app};
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA floor TO {app};
    ANALYZE floor.record, floor.log;
"""


def application() -> Any:
    """Make the bare application on the database of DATABASE_URL."""
    from evenhand.config.environment import database_settings

    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"],
        DATABASES={
            "default": database_settings(os.environ["DATABASE_URL"]) | {"CONN_MAX_AGE": None}
        },
        MIDDLEWARE=[],
        ROOT_URLCONF="bench.floor_views",
        USE_TZ=True,
    )
    django.setup()
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def main() -> int:
    """Serve the floor as ``evenhand serve`` serves the desk."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bind", required=True)
    from evenhand.cli.web_server import WebServer

    class Floor(WebServer):
        def load(self) -> Any:
            return application()

    bind = parser.parse_args().bind
    options = {"bind": bind, "workers": 2, "threads": 4, "worker_class": "gthread"}
    Floor(options | {"preload_app": True, "loglevel": "warning", "keepalive": 5}).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
