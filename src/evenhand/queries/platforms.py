"""Platforms: what the law data says of them, and whether sending to them is signed off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from evenhand.rules.guidance import Guidance
from evenhand.rules.lawbook import Lawbook
from evenhand.rules.notices import ANY_OTHER_SITE, Transport
from evenhand.rules.officers import Officer, Permission, check_may
from evenhand.rules.platforms import Kept
from evenhand.rules.referrals import NotFound
from evenhand.rules.signposts import Signpost
from evenhand.rules.words import words
from evenhand.store import lawbook as stored
from evenhand.store import platform_versions
from evenhand.store.platforms import SignOffRow
from evenhand.store.sealing import open_record_key, unsealed

MOST_VERSIONS = 50


@dataclass(frozen=True, slots=True)
class Leave:
    """A current sign-off of sending to a platform by one channel."""

    transport: Transport
    contact: str
    basis: str
    signed_by: str
    review_on: date


@dataclass(frozen=True, slots=True)
class PlatformLine:
    """A platform with its current sign-offs, one a channel at most."""

    code: str
    name: str
    leaves: Sequence[Leave]

    def leave(self, transport: Transport) -> Leave | None:
        """Give the sign-off for a channel, if there is one."""
        return next((it for it in self.leaves if it.transport is transport), None)


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version that the desk saved, in the list of versions. ``made_by``: the law data's is ""."""

    number: int
    made_by: str
    made_at: datetime | None


def lawbook() -> Lawbook:
    """Give the law data: harms, provisions, platforms and policies."""
    return stored.lawbook()


def signposts() -> Mapping[str, Signpost]:
    """Give the closed list of who deals with what is not for this desk, by code."""
    return stored.signposts()


def guidance() -> Mapping[str, Guidance]:
    """Give the guidance beside the questions of casework, by page and field."""
    return stored.guidance()


def lawbook_for(code: str) -> Lawbook:
    """Give the law data with what this desk itself keeps of one platform."""
    return platform_versions.lawbook_for(code)


def current(code: str, *, officer: Officer) -> Kept:
    """Give what is kept of a platform now. Raises NotFound."""
    check_may(officer, Permission.READ_PLATFORMS)
    return _found(platform_versions.current(code) if "\0" not in code else None)


def numbered(code: str, number: int, *, officer: Officer) -> Kept:
    """Give one version of what was kept of a platform. Raises NotFound."""
    check_may(officer, Permission.READ_PLATFORMS)
    return _found(platform_versions.numbered(code, number) if "\0" not in code else None)


def versions(code: str, *, officer: Officer) -> Sequence[VersionLine]:
    """List the newest versions of a platform, the newest first, down to the law data's own."""
    check_may(officer, Permission.READ_PLATFORMS)
    lines = [VersionLine(*it) for it in platform_versions.versions(code, most=MOST_VERSIONS)]
    first = VersionLine(platform_versions.LAW_DATA, "", None)
    return [*lines, first] if stored.lawbook().platform(code) else lines


def _found(kept: Kept | None) -> Kept:
    if kept is None:
        raise NotFound(
            words("There is no such platform, or no such version of it."),
            do=words("Choose a platform from the list."),
        )
    return kept


def signed_off(*, officer: Officer) -> Sequence[PlatformLine]:
    """List every platform of the law data, and any other one that has a sign-off."""
    check_may(officer, Permission.READ_PLATFORMS)
    rows = SignOffRow.objects.filter(ended_at__isnull=True).select_related("key", "signed_by")
    signed: dict[str, list[SignOffRow]] = {}
    for row in rows.order_by("transport"):
        signed.setdefault(row.platform, []).append(row)
    names = {code: it.name for code, it in stored.lawbook().platforms.items()}
    names |= {it.platform.code: it.platform.name for it in platform_versions.added()}
    names |= {code: code for code in sorted(signed) if code not in names}
    names[ANY_OTHER_SITE] = ""
    return [
        PlatformLine(code, name, [_leave(row) for row in signed.get(code, ())])
        for code, name in names.items()
    ]


def _leave(row: SignOffRow) -> Leave:
    key = open_record_key(row.key)
    return Leave(
        transport=Transport(row.transport),
        contact=unsealed(row, key, "contact"),
        basis=unsealed(row, key, "basis"),
        signed_by=row.signed_by.name,
        review_on=row.review_on,
    )
