"""Platforms: what the law data says of them, and whether sending to them is signed off."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from evenhand.rules.guidance import Guidance
from evenhand.rules.lawbook import Lawbook
from evenhand.rules.notices import ANY_OTHER_SITE, Transport
from evenhand.rules.officers import Officer, Permission, check_may
from evenhand.rules.platforms import Kept
from evenhand.rules.referrals import NotFound
from evenhand.rules.signposts import Signpost
from evenhand.rules.texts import SHORT, check_text
from evenhand.rules.words import words
from evenhand.store import lawbook as stored
from evenhand.store import platform_versions
from evenhand.store.asking import Found, Question
from evenhand.store.platforms import SignOffRow
from evenhand.store.sealing import open_record_key, unsealed

PAGE = 25
PLACES = ("platform", "platforms")
"""The places in the sentence of a refusal where a rule gives the codes of platforms."""
MOST_NUMBER = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Leave:
    """A current sign-off of sending to a platform by one channel."""

    transport: Transport
    contact: str
    basis: str
    signed_by: str
    review_on: date


@dataclass(frozen=True, slots=True)
class OwnSites:
    """Platforms that this desk keeps besides those of the law data, named by code, as listed.

    ``are_all``: there are no others.
    """

    names: Mapping[str, str]
    are_all: bool


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
class PlatformPage:
    """A page of platforms, and the code after which the next one starts, if there is more."""

    lines: Sequence[PlatformLine]
    next: str | None


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version that the desk saved, in the list of versions. ``made_by``: the law data's is ""."""

    number: int
    made_by: str
    made_at: datetime | None


@dataclass(frozen=True, slots=True)
class Versions:
    """A page of versions, and the number before which the next one starts, if there is more."""

    lines: Sequence[VersionLine]
    next: int | None


def lawbook() -> Lawbook:
    """Give the law data: harms, provisions, platforms and policies."""
    return stored.lawbook()


def signposts() -> Mapping[str, Signpost]:
    """Give the closed list of who deals with what is not for this desk, by code."""
    return stored.signposts()


def with_names(values: Mapping[str, str]) -> dict[str, str]:
    """Give the values of a refusal with platforms called by their names, not by their codes."""
    codes = {place: values[place].split(", ") for place in PLACES if place in values}
    names = called({code for several in codes.values() for code in several}) if codes else {}
    named = {place: ", ".join(names[it] for it in several) for place, several in codes.items()}
    return {**values, **named}


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


def versions(code: str, *, before: int = MOST_NUMBER, officer: Officer) -> Versions:
    """List versions of a platform, the newest first, down to the law data's own, by keyset."""
    check_may(officer, Permission.READ_PLATFORMS)
    found = platform_versions.versions(code, before=before, most=PAGE + 1)
    lines = [VersionLine(*it) for it in found[:PAGE]]
    if len(found) > PAGE:
        return Versions(lines, lines[-1].number)
    if stored.lawbook().platform(code):
        lines.append(VersionLine(platform_versions.LAW_DATA, "", None))
    return Versions(lines, None)


def _found(kept: Kept | None) -> Kept:
    if kept is None:
        raise NotFound(
            words("There is no such platform, or no such version of it."),
            do=words("Choose a platform from the list."),
        )
    return kept


def signed_off(after: str = "", *, officer: Officer) -> PlatformPage:
    """List the platforms of the law data, then the desk's own by code, a page at a time by keyset.

    What stands for every other site comes with the first page. ``after``: the code before the page.
    """
    check_may(officer, Permission.READ_PLATFORMS)
    check_text(after, at="after", most=SHORT)
    codes = platform_versions.own_codes(after, most=PAGE + 1)
    own = codes[:PAGE]
    shown = own if after else [*stored.lawbook().platforms, ANY_OTHER_SITE, *own]
    return PlatformPage(_lines(shown), own[-1] if len(codes) > PAGE else None)


def called(codes: Collection[str]) -> Mapping[str, str]:
    """Name platforms: as the law data does, else as this desk does, else by the host."""
    return platform_versions.called(codes)


def called_beside(sites: OwnSites, codes: Collection[str]) -> Mapping[str, str]:
    """Name platforms the same way; nothing is asked where every one of this desk's own is known."""
    return platform_versions.called_with(sites.names, codes) if sites.are_all else called(codes)


def first_own() -> Question:
    """Ask for the platforms that this desk keeps besides those of the law data: a page of them."""
    return platform_versions.own_after("", most=PAGE + 1)


def own_sites(found: Found, *, besides: Collection[str]) -> OwnSites:
    """Name those found on the first page, and these ``besides``."""
    own = [code for (code,) in found]
    return OwnSites(called([*own[:PAGE], *besides]), len(own) <= PAGE)


def one_line(code: str, *, officer: Officer) -> PlatformLine:
    """Give one platform with its sign-offs. Raises NotFound."""
    check_may(officer, Permission.READ_PLATFORMS)
    [line] = _lines([code]) if "\0" not in code else [PlatformLine(code, code, ())]
    known = code in stored.lawbook().platforms or code == ANY_OTHER_SITE
    if not (known or line.leaves or line.name != code):
        raise NotFound(
            words("There is no platform with this code."),
            do=words("Choose a platform from the list. “other” stands for any other site."),
        )
    return line


def not_signed_off(line: PlatformLine) -> Sequence[tuple[Transport, str]]:
    """Give the addresses that are kept of a platform and that no sign-off is for."""
    kept = platform_versions.current(line.code)
    signed = {(it.transport, it.contact) for it in line.leaves}
    there = [(it.kind, it.address) for it in kept.platform.channels] if kept else []
    return [it for it in there if it[1] and it not in signed]


def _lines(codes: Collection[str]) -> Sequence[PlatformLine]:
    """Give these platforms with their names and sign-offs, in two queries."""
    rows = SignOffRow.objects.filter(platform__in=codes, ended_at__isnull=True)
    signed: dict[str, list[SignOffRow]] = {}
    for row in rows.select_related("key", "signed_by").order_by("transport"):
        signed.setdefault(row.platform, []).append(row)
    names = {code: it.name for code, it in stored.lawbook().platforms.items()}
    names |= {ANY_OTHER_SITE: "", **platform_versions.names(codes)}
    return [
        PlatformLine(code, names.get(code, code), [_leave(row) for row in signed.get(code, ())])
        for code in codes
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
