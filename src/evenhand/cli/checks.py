"""What ``evenhand check`` looks at: everything that a desk can be wrongly set up with."""

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from evenhand.cli.failures import CannotStart, SettingsWrong, explain
from evenhand.cli.home import signer_folder
from evenhand.cli.signer_folder import KEY, make_key

ENOUGH = timedelta(days=180)
"""How long ahead the bank holidays must be known: longer than any clock of a desk runs."""


def check_owner_is_given() -> None:
    """Stop where tables shall be changed without the role that owns them."""
    if not os.environ.get("EVENHAND_OWNER_URL"):
        raise CannotStart(
            "EVENHAND_OWNER_URL is not set: the address of the role that owns the tables. "
            "The application's role (DATABASE_URL) may not change them."
        )


def check_not_being_restored() -> None:
    """Stop where a restore of this desk broke off: it may hold what was disposed of."""
    from django.db import DatabaseError, InterfaceError

    from evenhand.cli.desk import close_connections
    from evenhand.queries.health import is_being_restored

    try:
        is_closed = is_being_restored()
    except (DatabaseError, InterfaceError):
        return  # Whoever asks this desk for something is told so.
    finally:
        close_connections()
    if is_closed:
        raise CannotStart(
            "A restore of this desk broke off, so it may hold what was disposed of. Nobody may use "
            "it. Run evenhand restore again: it begins anew."
        )


def make_missing_log_key() -> Path | None:
    """Make the key of the desk's log if no signer answers and none is here; say where it is."""
    from django.conf import settings

    from evenhand.queries.signer import signer_fault

    path = signer_folder() / KEY
    if path.exists() or not signer_fault():
        return None
    make_key(path, settings.DESK.log_origin)
    return path


def faults() -> list[str]:
    """Name everything that is wrongly set up, in plain sentences."""
    try:
        import django

        django.setup()
    except SettingsWrong as error:
        return str(error).splitlines()
    return [
        *_files(),
        *_addresses(),
        *_public(),
        *_calendar(),
        *_clocks(),
        *_captures(),
        *_database(),
    ]


def _files() -> Iterator[str]:
    from django.conf import settings

    key = Path(settings.DESK_KEY)
    try:
        found = key.stat()
    except OSError as error:
        yield f"The desk's key {key} cannot be read: {error.strerror}."
    else:
        if found.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield f"The desk's key {key} can be read by others. Run: chmod 600 {key}"
        if not os.access(key, os.R_OK):
            yield f"The desk's key {key} cannot be read by this user."
    static = Path(settings.STATIC_ROOT)
    if not (static / "staticfiles.json").is_file():
        yield f"The style sheets are not in {static}. Run: evenhand migrate, or evenhand demo"


def _addresses() -> Iterator[str]:
    from django.conf import settings

    public = urlsplit(settings.PUBLIC_URL)
    loopback = public.hostname in {"127.0.0.1", "localhost", "::1"}
    if public.scheme != "https" and not loopback:
        yield "EVENHAND_PUBLIC_URL is not https: passwords would cross the network readable."
    if len(settings.SECRET_KEY) < 50:
        yield "EVENHAND_SECRET_KEY is shorter than 50 characters."
    if os.environ.get("EVENHAND_OWNER_URL"):
        yield "EVENHAND_OWNER_URL is set here; only migrate, backup and restore should ever see it."


def _public() -> Iterator[str]:
    from evenhand.queries.public_notice import not_published

    if refused := not_published():
        yield f"{refused}. {refused.do} ({refused.code})"


def _calendar() -> Iterator[str]:
    from django.conf import settings

    known_until = settings.CLOCKS.calendar.known_until
    if known_until - datetime.now(UTC).date() < ENOUGH:
        yield f"The bank holidays are known only until {known_until}. Update calendar.toml."


def _clocks() -> Iterator[str]:
    from evenhand.queries.clocks import law_clocks
    from evenhand.rules.calendar import CalendarWrong
    from evenhand.rules.clocks_law import ClockWrong

    try:
        law_clocks()
    except (OSError, ClockWrong, CalendarWrong) as error:
        yield f"The clocks of law (clocks.csv, calendar.toml) cannot be used: {error}"


def _captures() -> Iterator[str]:
    from evenhand.queries.captures import store_faults

    yield from store_faults()


def _children() -> Iterator[str]:
    from django.utils import timezone

    from evenhand.queries.training import all_for_children

    found = all_for_children(today=timezone.localdate())
    if found.untrained:
        names = ", ".join(found.untrained)
        yield (
            f"No child training in date is on the register of {names}: they approve no child's "
            "case. Run: evenhand officer train"
        )


def _counts() -> Iterator[str]:
    from django.conf import settings
    from django.utils import timezone

    from evenhand.queries.questions import closed_too_early

    if day := closed_too_early(today=timezone.localdate()):
        yield (
            f"Days up to {day} are closed for counts, because a clock ran ahead. Nothing is lost, "
            "but what is counted until then is in no number before the day after. Set the clock of "
            "the database's machine right. Then, as the owner of the tables, run: "
            f"SELECT machinery.open_days_again('{settings.TIME_ZONE}')"
        )


def _database() -> Iterator[str]:
    from django.db import DatabaseError, InterfaceError

    from evenhand.queries.health import read_health, read_rights
    from evenhand.queries.opening import is_closed
    from evenhand.queries.published_register import differs
    from evenhand.queries.signer import signer_fault

    try:
        yield from read_rights()
    except (DatabaseError, InterfaceError) as error:
        yield explain(error)
        return
    health = read_health()
    if health.missing_migrations:
        missing = ", ".join(health.missing_migrations)
        yield f"The tables are out of date ({missing}). Run: evenhand migrate"
    elif is_closed():
        yield (
            "This desk was restored and is not open yet. An administrator proposes it on the page "
            "/opening/, then the data protection officer attests."
        )
    elif refused := differs():
        yield f"{refused} {refused.do} ({refused.code})"
    if not health.missing_migrations:
        yield from _children()
        yield from _counts()
    if fault := signer_fault():
        yield f"{fault} Without it the log is not signed. Run: evenhand signer"
    if not health.worker:
        yield "No worker has been seen in the last minute. Run: evenhand work"
