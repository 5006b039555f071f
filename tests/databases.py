"""Real PostgreSQL for tests: one server a run, one migrated template, one clone for each need.

The server is an embedded one in a folder of this run, started at the first use and shared by all
xdist workers; or, with EVENHAND_TEST_SERVER_URL, a server whose superuser's address that is.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from evenhand.cli.embedded import APPLICATION, OWNER, SUPERUSER, Cluster
from evenhand.cli.home import Home
from evenhand.cli.locks import Lock, is_held, locked

FOLDER = "EVENHAND_TEST_FOLDER"
PREFIX = "evenhand-test-"
GIVEN_SERVER = "EVENHAND_TEST_SERVER_URL"
MIGRATE = (
    "import datetime, django; django.setup()\n"
    "from evenhand.actions.desk import prepare_tables\n"
    "prepare_tables(now=datetime.datetime.now(datetime.UTC))"
)


class TemplateBroken(Exception):
    """The tables could not be made; the text is what the migration said."""


class DatabaseServer:
    """The PostgreSQL of this test run, and the databases in it."""

    __test__ = False

    def __init__(self, folder: Path) -> None:
        self.home = Home(folder)
        self.home.make()
        self.given = os.environ.get(GIVEN_SERVER, "")
        self.run = folder.name.replace("-", "_").lower()
        self.template = f"{self.run}_template"
        self._cluster = Cluster(folder, secret=self.home.secret, careless=True)
        self._use = ExitStack()
        self._started = False

    def address(self, role: str, database: str) -> str:
        """Give the libpq address of a database for a role."""
        if not self.given:
            return self._cluster.address(role, database)
        parts = urlsplit(self.given)
        host = parts.netloc.rpartition("@")[2]
        who = f"{role}:{self.home.secret(role)}"
        if role == SUPERUSER:
            who = parts.netloc.rpartition("@")[0]
        return parts._replace(netloc=f"{who}@{host}", path=f"/{database}").geturl()

    def environment(self, database: str) -> dict[str, str]:
        """Give the settings of a desk that lives in one of the databases."""
        return {
            "DATABASE_URL": self.address(APPLICATION, database),
            "EVENHAND_OWNER_URL": self.address(OWNER, database),
            "EVENHAND_HOME": str(self.home.folder),
            "EVENHAND_DESK_KEY": str(self.home.desk_key),
            "EVENHAND_SECRET_KEY": self.home.secret("secret_key"),
            "EVENHAND_PROFILE": "demo",
            "EVENHAND_PUBLIC_URL": "http://127.0.0.1:8000",
            "EVENHAND_SMTP_URL": "smtp://127.0.0.1:1",
            "DJANGO_SETTINGS_MODULE": "evenhand.config.settings",
        }

    def start(self) -> None:
        """Have the server running, with its roles and the template, until ``stop``."""
        if self._started:
            return
        if self.given:
            users = Lock(self.home.folder / "template.users")
            users.shared()
            self._use.callback(users.free)
        else:
            self._use.enter_context(self._cluster.used())
        self._started = True
        with locked(self.home.folder / "template.lock"):
            told = self.home.folder / "template.told"
            if not told.exists():
                told.write_text(self._make_template())
            if text := told.read_text():
                raise TemplateBroken(text)

    def stop(self) -> None:
        """End this process's use of the server."""
        self._use.close()
        self._started = False

    def remove(self) -> None:
        """Remove what the run made, when its last process has stopped."""
        if self.given and (self.home.folder / "template.told").exists():
            self.drop(self.template)
        self._cluster.wait_until_stopped()
        shutil.rmtree(self.home.folder, ignore_errors=True)

    def clone(self, database: str, *, of: str = "") -> None:
        """Make a database that is a copy of the template, or of another that nobody uses."""
        self._create(database, template=of or self.template)

    def create_empty(self, database: str) -> None:
        """Make a database without any table."""
        self._create(database, template="template0")

    def drop(self, database: str) -> None:
        """Remove a database, whoever is still connected to it."""
        with self.superuser() as run:
            run.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database))
            )

    @contextmanager
    def superuser(self, database: str = "postgres") -> Iterator[psycopg.Connection]:
        """Connect as the superuser, each statement on its own."""
        with psycopg.connect(self.address(SUPERUSER, database), autocommit=True) as connection:
            yield connection

    def _create(self, database: str, *, template: str) -> None:
        name, application = sql.Identifier(database), sql.Identifier(APPLICATION)
        with self.superuser() as run:
            run.execute(
                # Copied file by file: through the log of writes it takes three times as long.
                sql.SQL(
                    "CREATE DATABASE {} OWNER {} TEMPLATE {} ENCODING 'UTF8' STRATEGY FILE_COPY"
                ).format(name, sql.Identifier(OWNER), sql.Identifier(template))
            )
            run.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
            run.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, application))

    def _make_template(self) -> str:
        if self.given:
            with self.superuser() as run:
                for role in (OWNER, APPLICATION):
                    self._make_role(run, role)
        self._create(self.template, template="template0")
        done = subprocess.run(
            [sys.executable, "-c", MIGRATE],
            env=os.environ | self.environment(self.template) | {"PYTHONPATH": "src"},
            cwd=Path(__file__).parent.parent,
            capture_output=True,
            text=True,
            check=False,
        )
        return "" if done.returncode == 0 else done.stderr or "The migration failed silently."

    def _make_role(self, run: psycopg.Connection, role: str) -> None:
        known = run.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
        statement = (
            "ALTER ROLE {} LOGIN PASSWORD {}" if known else "CREATE ROLE {} LOGIN PASSWORD {}"
        )
        run.execute(
            sql.SQL(statement).format(sql.Identifier(role), sql.Literal(self.home.secret(role)))
        )


def this_run() -> DatabaseServer:
    """Give the server of this test run; the first process of the run makes its folder."""
    if FOLDER not in os.environ:
        sweep_old_runs()
        os.environ[FOLDER] = tempfile.mkdtemp(prefix=PREFIX)
    return DatabaseServer(Path(os.environ[FOLDER]))


def sweep_old_runs() -> None:
    """Remove the folders of runs that were killed an hour ago or longer."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):
            old = time.time() - folder.stat().st_mtime > 3600
            locks = (folder / "locks" / "users.lock", folder / "template.users")
            if old and not any(is_held(lock) for lock in locks):
                shutil.rmtree(folder)


def this_process() -> str:
    """Give the name of the database of this process (an xdist worker, or the only one)."""
    run = Path(os.environ[FOLDER]).name.replace("-", "_").lower()
    return f"{run}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
