"""Whether the desk can work now: its database, its tables, its worker, its role's rights."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import cache

from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Q
from django.db.models.functions import Now
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from evenhand.store import restoring

WORKER_SILENT = timedelta(minutes=1)
# What the application's role must never be able to do, and the question that finds it.
RIGHTS = (
    ("is a superuser", "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"),
    ("may make roles", "SELECT rolcreaterole FROM pg_roles WHERE rolname = current_user"),
    ("may make tables", "SELECT has_schema_privilege('public', 'CREATE')"),
    (
        "owns tables",
        (
            "SELECT EXISTS (SELECT 1 FROM pg_tables WHERE tableowner = current_user"
            " AND schemaname IN ('public', 'machinery'))"
        ),
    ),
    (
        "may change the log",
        (
            "SELECT bool_or(has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE'))"
            " FROM pg_class c"
            " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')"
            " AND c.relname ~ '^(entry|opening|change)(_\\d+)?$'"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Health:
    """How the desk is; ``worker_queue`` counts the jobs that are due and wait."""

    database: bool
    missing_migrations: tuple[str, ...] = ()
    worker: bool = False
    worker_queue: int = 0
    jobs_failed: int = 0

    @property
    def ok(self) -> bool:
        """Whether the desk can answer requests."""
        return self.database and not self.missing_migrations

    def as_json(self) -> dict[str, object]:
        """Give the health as the JSON that monitoring reads."""
        known = asdict(self)
        missing = list(known.pop("missing_migrations"))
        return {"ok": self.ok, "migrations": self.database and not missing, **known}


def read_health() -> Health:
    """Look at the desk; never raises where the database cannot be reached."""
    try:
        applied = MigrationRecorder(connection).applied_migrations()
        missing = tuple(f"{app}.{name}" for app, name in sorted(known_migrations() - set(applied)))
        if missing:
            return Health(database=True, missing_migrations=missing)
        due = Q(scheduled_at__isnull=True) | Q(scheduled_at__lte=Now())
        alive = ProcrastinateWorker.objects.filter(last_heartbeat__gte=Now() - WORKER_SILENT)
        jobs = ProcrastinateJob.objects
        return Health(
            database=True,
            worker=alive.exists(),
            worker_queue=jobs.filter(due, status="todo").count(),
            jobs_failed=jobs.filter(status="failed").count(),
        )
    except (DatabaseError, InterfaceError):
        connection.close()
        return Health(database=False)


def is_being_restored() -> bool:
    """Say whether a restore of this desk has begun and not ended: then nobody may use it."""
    return restoring.is_closed()


def read_rights() -> Iterator[str]:
    """Say what the application's role may do and must not."""
    with connection.cursor() as cursor:
        for what, question in RIGHTS:
            cursor.execute(question)
            row = cursor.fetchone()
            if row and row[0]:
                yield f"The role in DATABASE_URL {what}. Give it a role of its own (see docs)."


@cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """Every migration that this version of the code brings."""
    return frozenset(MigrationLoader(None).disk_migrations or ())
