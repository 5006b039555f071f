"""Lists of referrals: found by what an officer asks, a page at a time."""

import binascii
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q
from django.utils import timezone

from evenhand.rules.answers import PlatformStatus
from evenhand.rules.content import identify
from evenhand.rules.officers import Officer, Permission, check_may, may
from evenhand.rules.referrals import State
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.texts import SHORT, check_text
from evenhand.rules.words import words
from evenhand.seal.blind import What
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import blind_index, open_record_key, unsealed

PAGE = 25
REFERENCE = re.compile(r"\d{4}-\d{6,}")
WITHHELD = None
MOST_NUMBER = 2**63 - 1


class CursorWrong(Refused):
    """A cursor is the one that came with the page before."""

    code = "E-FIND-02"
    kind = Kind.MALFORMED


@dataclass(frozen=True, slots=True)
class Filter:
    """Which referrals to list. ``q``: a reference, an address in any spelling, or whole words.

    ``since``: logged from the start of that day on, or from that moment.
    """

    state: State | None = None
    platform: str = ""
    harm: str = ""
    q: str = ""
    since: date | None = None
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """A referral as listed. ``address`` is None for who may not read words, or once erased."""

    reference: str
    state: State
    state_since: datetime
    platform: str
    platform_status: PlatformStatus
    harm: str | None
    address: str | None
    logged_at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list and the cursor of the next one, if there is more."""

    lines: Sequence[ReferralLine]
    next: str | None


def find(chosen: Filter, *, officer: Officer) -> Page:
    """List referrals, newest first, a page at a time by keyset. Never counts, never skips rows."""
    check_may(officer, Permission.LIST_REFERRALS)
    if chosen.q:
        check_may(officer, Permission.READ_WORDS)
    rows = ReferralRow.objects.select_related("key").filter(_wanted(chosen)).order_by("-number")
    return page(rows[: PAGE + 1], officer=officer)


def page(rows: Iterable[ReferralRow], *, officer: Officer) -> Page:
    """Make a page of up to PAGE + 1 rows."""
    found = list(rows)
    lines = [_line(row, officer) for row in found[:PAGE]]
    return Page(lines, _cursor(found[PAGE - 1].number) if len(found) > PAGE else None)


def same_content(address: str, *, officer: Officer) -> list[str]:
    """Name the referrals that this desk has of the same content."""
    check_may(officer, Permission.LOG)
    token = blind_index().token(What.CONTENT, identify(address).same_content_key)
    rows = ReferralRow.objects.filter(same_content=token).order_by("number")
    return list(rows.values_list("reference", flat=True)[:PAGE])


def earlier_ones(
    addresses: Sequence[str], *, officer: Officer
) -> Mapping[str, Sequence[ReferralLine]]:
    """Give the referrals that logging each of these addresses would repeat, in one query."""
    check_may(officer, Permission.LOG)
    index = blind_index()
    tokens = {it: index.token(What.CONTENT, identify(it).same_content_key) for it in addresses}
    rows = (
        ReferralRow.objects.select_related("key")
        .filter(same_content__in=set(tokens.values()))
        .exclude(state=State.DUPLICATE)
        .order_by("number")[: PAGE * PAGE]
    )
    found: dict[bytes, list[ReferralLine]] = {}
    for row in rows:
        found.setdefault(bytes(row.same_content or b""), []).append(_line(row, officer))
    return {it: found[token][:PAGE] for it, token in tokens.items() if token in found}


def named(references: Sequence[str], *, officer: Officer) -> Sequence[ReferralLine]:
    """Give the referrals with these references, by their numbers; unknown ones are left out."""
    check_may(officer, Permission.LIST_REFERRALS)
    asked = [it for it in references if REFERENCE.fullmatch(it)][: 2 * PAGE]
    rows = ReferralRow.objects.select_related("key").filter(reference__in=asked).order_by("number")
    return [_line(row, officer) for row in rows]


def _wanted(chosen: Filter) -> Q:
    wanted = Q()
    if chosen.state:
        wanted &= Q(state=chosen.state)
    if chosen.platform:
        check_text(chosen.platform, at="platform", most=SHORT)
        wanted &= Q(platform=chosen.platform)
    if chosen.harm:
        check_text(chosen.harm, at="harm", most=SHORT)
        wanted &= Q(harm=chosen.harm)
    if chosen.since:
        wanted &= Q(logged_at__gte=_start(chosen.since))
    if chosen.cursor:
        wanted &= Q(number__lt=_number(chosen.cursor))
    if chosen.q:
        wanted &= _found_by(chosen.q)
    return wanted


def _start(since: date) -> datetime:
    """Give the moment itself, or the first one of a day on this desk."""
    if isinstance(since, datetime):
        return since
    return timezone.make_aware(datetime.combine(since, time.min))


def _found_by(q: str) -> Q:
    """Look for a reference, an address in any spelling, or whole words, all of them required."""
    check_text(q, at="q", most=SHORT * 4)
    asked = q.strip()
    if REFERENCE.fullmatch(asked):
        return Q(reference=asked)
    index = blind_index()
    if "." in asked and not any(letter.isspace() for letter in asked):
        try:
            return Q(same_content=index.token(What.CONTENT, identify(asked).same_content_key))
        except Refused:
            pass
    tokens = index.words(asked)
    return Q(words__tokens__contains=tokens) if tokens else Q(pk__in=[])


def _line(row: ReferralRow, officer: Officer) -> ReferralLine:
    may_read = may(officer, Permission.READ_WORDS)
    return ReferralLine(
        reference=row.reference,
        state=State(row.state),
        state_since=row.state_since,
        platform=row.platform,
        platform_status=PlatformStatus(row.platform_status),
        harm=row.harm,
        address=unsealed(row, open_record_key(row.key), "url") if may_read else WITHHELD,
        logged_at=row.logged_at,
        version=row.version,
    )


def _cursor(number: int) -> str:
    return urlsafe_b64encode(number.to_bytes(8, "big")).rstrip(b"=").decode("ascii")


def _number(cursor: str) -> int:
    try:
        data = urlsafe_b64decode(cursor.encode("ascii") + b"=")
    except (binascii.Error, ValueError):
        data = b""
    number = int.from_bytes(data[:8], "big")
    if number > MOST_NUMBER or _cursor(number) != cursor:
        raise CursorWrong(
            words("This cursor is not one that a list gave."),
            do=words("Start again from the first page."),
            at="cursor",
        )
    return number
