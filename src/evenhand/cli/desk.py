"""Which desk a command works on: DATABASE_URL's, or the one in the home, running or not."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from evenhand.cli.embedded import OWNER, Cluster
from evenhand.cli.failures import CannotStart, told_as
from evenhand.cli.home import Home, home_folder
from evenhand.cli.locks import is_held

if TYPE_CHECKING:
    from evenhand.rules.refusals import Refused

SETTINGS = "evenhand.config.settings"
NO_MAIL = "smtp://127.0.0.1:1"


def cluster_of(home: Home) -> Cluster:
    """Give the embedded PostgreSQL of a home."""
    return Cluster(home.folder, secret=home.secret)


def running(home: Home) -> dict[str, str]:
    """Say where the demo of this home answers now; empty where none runs."""
    lock = home.folder / "locks" / "demo.lock"
    if not lock.exists() or not is_held(lock):
        return {}
    try:
        known: dict[str, str] = json.loads((home.folder / "running.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return known


def settings_of(home: Home, *, owner: bool = False) -> dict[str, str]:
    """Give the environment of a home's desk; the owner's address only to those who migrate."""
    cluster, now = cluster_of(home), running(home)
    return {
        "DATABASE_URL": cluster.address(),
        "EVENHAND_OWNER_URL": cluster.address(OWNER) if owner else "",
        "EVENHAND_HOME": str(home.folder),
        "EVENHAND_SECRET_KEY": home.secret("secret_key"),
        "EVENHAND_DESK_KEY": str(home.desk_key),
        "EVENHAND_PROFILE": "demo",
        "EVENHAND_PUBLIC_URL": now.get("url", "http://127.0.0.1:8000"),
        "EVENHAND_SIGNER": str(cluster.sockets / "signer"),
        "EVENHAND_SMTP_URL": now.get("smtp_url", NO_MAIL),
        "EVENHAND_MAIL_IN": home.mail_in.as_uri(),
        "DJANGO_SETTINGS_MODULE": SETTINGS,
    }


@contextmanager
def desk_environment(*, owner: bool = False) -> Iterator[None]:
    """Set the environment of the desk to work on, with its database running for the block.

    A desk's own server (DATABASE_URL) is used as it is. Otherwise it is the desk in the home
    folder; its PostgreSQL is started for the block if no one else runs it.
    """
    home = Home(home_folder())
    given = os.environ.get("DATABASE_URL", "")
    with told_as(f"The desk in {home.folder} cannot be used"):
        at_home = home.exists and given in {"", cluster_of(home).address()}
    if not at_home:
        if not given:
            raise CannotStart(
                f"There is no desk in {home.folder} yet. Start one with: evenhand demo\n"
                "Or set DATABASE_URL and the other settings of a desk of your own."
            )
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
        yield
        return
    with cluster_of(home).used():
        os.environ.update(settings_of(home, owner=owner))
        try:
            yield
        finally:
            close_connections()


@contextmanager
def open_desk(*, owner: bool = False) -> Iterator[None]:
    """Have the desk ready to act on for the block: its environment, its database, and Django."""
    with desk_environment(owner=owner):
        import django

        django.setup()
        from evenhand.rules.refusals import Refused

        try:
            yield
        except Refused as refused:
            _attempted(refused)
            raise


def _attempted(refused: "Refused") -> None:
    """Enter a refusal in the log, if it was an attempt. No command acts as an officer of the desk.

    It was somebody on the desk's machine, so it is entered in the desk's own name.
    """
    from evenhand.actions.oversight import enter_attempt
    from evenhand.rules.officers import WORKER, Acting

    enter_attempt(refused, acting=Acting(officer=WORKER, at=datetime.now(UTC)))


def close_connections() -> None:
    """Close what this process has open, before the database may stop."""
    if "django.db" in sys.modules:
        from django.db import connections

        connections.close_all()
