"""How the log stands, in words for everybody."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from evenhand.actions.cosigning import COSIGNED_ANEW
from evenhand.ledger.bundle import CHECKPOINT
from evenhand.queries.log import ClosedLog, Heard, Progress, Published
from evenhand.rules.oversight_new_log import WhyClosed
from evenhand.web import times
from evenhand.web.components import Params
from evenhand.web.words import Words

WHY: Mapping[WhyClosed, Words] = {
    WhyClosed.ENTRIES_LOST: later(
        "entries of it were lost, so it could not go on. Those that are left stand in this one."
    ),
    WhyClosed.KEY_LOST: later("the key that signed it, and what it had signed last, were lost."),
    WhyClosed.KEY_EXPOSED: later("somebody else may have had the key that signed it."),
}
SILENT = timedelta(minutes=10)
"""A witness that was not heard of for so long, though there was something to cosign, is named.

Where there was nothing new it is asked anew from time to time, and named so long after that.
"""


def log(found: Progress, *, now: datetime) -> Mapping[str, Any]:
    """Say how far the log is signed, who cosigned it, and what is not as it should be."""
    behind = found.waits and found.newest and now - found.newest.at > SILENT
    return {
        "keys": found.keys,
        "name": found.keys[-1].name if found.keys else "",
        "state": {"rows": list(_rows(found))} if found.newest else None,
        "witnesses": [witness(it, found.newest, now=now) for it in found.witnesses],
        "is_witnessed": found.is_witnessed,
        "is_behind": bool(found.fault or behind),
        "at": _addresses(len(found.closed) + 1),
        "address": settings.PUBLIC_URL + _start(len(found.closed) + 1),
        "begun": _begun(found.closed),
        "closed": [{"name": it.origin, **_addresses(it.number)} for it in found.closed],
    }


def _addresses(number: int) -> Mapping[str, str]:
    """Give where the files of one of the desk's logs are."""
    which = {} if number == 1 else {"number": number}
    return {it: reverse(f"log_{it}", kwargs=which) for it in ("checkpoint", "policy")}


def _start(number: int) -> str:
    """Give where the files of a log begin, as a verifier is given it."""
    return _addresses(number)["checkpoint"].removesuffix(CHECKPOINT)


def _begun(closed: Sequence[ClosedLog]) -> str:
    """Say that the log was begun anew, when, and why; empty where it is the desk's first."""
    if not closed:
        return ""
    before = closed[0]
    return _(
        "This log was begun on %(moment)s. It continues the log %(name)s, which was closed after"
        " %(size)s entries: %(why)s"
    ) % {
        "moment": times.moment(before.at),
        "name": before.origin,
        "size": f"{before.size:,}",
        "why": WHY[before.why],
    }


def _rows(found: Progress) -> Iterator[Params]:
    newest = found.newest
    if newest:
        yield _row(_("Entries signed"), f"{newest.size:,}")
        yield _row(_("Signed on"), times.moment(newest.at))
    if found.cosigned:
        yield _row(_("Entries cosigned"), f"{found.cosigned.size:,}")
    if found.waits:
        yield _row(_("Newer entries"), _("They wait for the next signature"))


def witness(heard: Heard, newest: Published | None, *, now: datetime) -> str:
    """Say what a witness cosigned last, or since when it is silent."""
    if heard.at is None:
        return _("%(name)s has not been heard of yet.") % {"name": heard.name}
    told = {
        "name": heard.name,
        "size": f"{heard.size:,}",
        "moment": times.moment(heard.at),
    }
    is_new = newest is not None and newest.size > heard.size
    if now - heard.at > (SILENT if is_new else COSIGNED_ANEW + SILENT):
        return (
            _("%(name)s has not been heard of since %(moment)s. It cosigned %(size)s entries then.")
            % told
        )
    return _("%(name)s cosigned %(size)s entries on %(moment)s.") % told


def _row(key: str, value: str) -> Params:
    return {"key": {"text": key}, "value": {"text": value}}
