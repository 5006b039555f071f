"""Platforms: what the law data says of them, and whether sending to them is signed off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from evenhand.rules.lawbook import Lawbook
from evenhand.rules.notices import ANY_OTHER_SITE, Transport
from evenhand.rules.officers import Officer, Permission, check_may
from evenhand.rules.signposts import Signpost
from evenhand.store import lawbook as stored
from evenhand.store.platforms import SignOffRow
from evenhand.store.sealing import open_record_key, unsealed


@dataclass(frozen=True, slots=True)
class PlatformLine:
    """A platform with its sign-off, if there is one."""

    code: str
    name: str
    transport: Transport | None
    contact: str
    basis: str
    signed_by: str
    review_on: date | None


def lawbook() -> Lawbook:
    """Give the law data: harms, provisions, platforms and policies."""
    return stored.lawbook()


def signposts() -> Mapping[str, Signpost]:
    """Give the closed list of who deals with what is not for this desk, by code."""
    return stored.signposts()


def signed_off(*, officer: Officer) -> Sequence[PlatformLine]:
    """List every platform of the law data, and any other one that has a sign-off."""
    check_may(officer, Permission.READ_PLATFORMS)
    rows = SignOffRow.objects.filter(ended_at__isnull=True).select_related("key", "signed_by")
    current = {row.platform: row for row in rows}
    names = {code: it.name for code, it in stored.lawbook().platforms.items()}
    names |= {code: code for code in sorted(current) if code not in names}
    names[ANY_OTHER_SITE] = ""
    return [_line(code, name, current.get(code)) for code, name in names.items()]


def _line(code: str, name: str, row: SignOffRow | None) -> PlatformLine:
    if row is None:
        return PlatformLine(code, name, None, "", "", "", None)
    key = open_record_key(row.key)
    return PlatformLine(
        code=code,
        name=name,
        transport=Transport(row.transport),
        contact=unsealed(row, key, "contact"),
        basis=unsealed(row, key, "basis"),
        signed_by=row.signed_by.name,
        review_on=row.review_on,
    )
