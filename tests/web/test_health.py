"""What load balancers ask: alive without the database, ready only with it."""

import pytest
from django.db import connection
from django.db.utils import OperationalError
from django.test import Client

from evenhand.queries import health

WORKER_AT = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval)"


def broken(*_words: object, **_more: object) -> object:
    raise OperationalError("gone")


def test_alive_asks_no_database(client: Client) -> None:
    answer = client.get("/health/live")
    assert (answer.status_code, answer.json()) == (200, {"ok": True})
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_ready_says_what_the_desk_has(client: Client) -> None:
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json() == {
        "ok": True,
        "database": True,
        "migrations": True,
        "worker": False,
        "worker_queue": 0,
        "jobs_failed": 0,
    }


@pytest.mark.django_db
@pytest.mark.parametrize(("age", "seen"), [("10 seconds", True), ("2 minutes", False)])
def test_a_worker_is_seen_for_a_minute(age: str, seen: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(WORKER_AT, [age])
    assert health.read_health().worker is seen


@pytest.mark.django_db
def test_a_missing_migration_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    known = health.known_migrations() | {("store", "9999_not_yet")}
    monkeypatch.setattr(health, "known_migrations", lambda: known)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["migrations"]) == (503, False)
    assert health.read_health().missing_migrations == ("store.9999_not_yet",)


@pytest.mark.django_db
def test_a_lost_database_is_not_ready_and_no_page_of_faults(client: Client) -> None:
    with connection.execute_wrapper(broken):
        answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["database"] is False


@pytest.mark.django_db
def test_the_role_of_these_tests_may_nothing_it_should_not() -> None:
    assert list(health.read_rights()) == []
