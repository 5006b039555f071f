"""Lists of referrals: found by what an officer asks, a page at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from evenhand.queries import consultations
from evenhand.queries.filters import (
    REFERENCE,
    CursorWrong,
    Filter,
    OfficerUnknown,
    PeriodBackwards,
    Wish,
    check_may_look_for,
    cursor_of,
    wishes,
    within,
)
from evenhand.rules.answers import PlatformStatus
from evenhand.rules.content import identify
from evenhand.rules.officers import Acting, Officer, OfficerRef, Permission, check_may, may
from evenhand.rules.referrals import State
from evenhand.seal.blind import What
from evenhand.store.looking import (
    EVERYTHING,
    Condition,
    KindOfReferral,
    Listed,
    Place,
    among,
    both,
    look,
    reaches,
)
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import blind_index

__all__ = [
    "PAGE",
    "CursorWrong",
    "Filter",
    "OfficerUnknown",
    "Page",
    "PeriodBackwards",
    "ReferralLine",
    "earlier_ones",
    "find",
    "named",
    "page",
]

PAGE = 25
WITHHELD = None


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
    put_off_until: date | None
    owner: OfficerRef
    record: UUID


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list and the cursor of the next one, if there is more.

    ``looked_back_to``: the look ended here before the page was full; there may be more before.
    """

    lines: Sequence[ReferralLine]
    next: str | None
    looked_back_to: datetime | None = None


def find(chosen: Filter, *, acting: Acting) -> Page:
    """List referrals, newest first, a page at a time by keyset. Never counts, never skips rows.

    Whatever is asked of however many referrals: a few statements, and a few thousand rows at most.
    The consultation is in the log, with what the list shows, before anything of it is given.
    """
    found = _found(chosen, acting)
    why = Permission.READ_WORDS if chosen.q else Permission.LIST_REFERRALS
    consultations.at_several([it.record for it in found.lines], why, acting=acting)
    return found


def _found(chosen: Filter, acting: Acting) -> Page:
    officer = acting.officer
    check_may(officer, Permission.LIST_REFERRALS)
    check_may_look_for(chosen.q, officer)
    part = both(within(chosen), _open_to(officer, timezone.localdate(acting.at)))
    asked = wishes(chosen)
    for wish in asked:
        numbers = wish.few() if wish.few else None
        if numbers is not None:
            others = _tried(asked, wish)
            return page(look(among(numbers), others, part, most=PAGE + 1), officer=officer)
    kind, others, reach = _where_to_look(asked, part)
    found = page(look(kind, others, part, most=PAGE + 1), officer=officer)
    if found.next or reach is None:
        return found
    return replace(found, next=cursor_of(reach), looked_back_to=reach.at)


def _open_to(officer: Officer, today: date) -> Condition:
    """Leave out what is closed to an officer, whether or not the worker has come by. A28."""
    if may(officer, Permission.READ_RESTRICTED):
        return both()
    return Condition("(restricted IS NULL AND coalesce(review_on >= %s, true))", (today,))


def _where_to_look(
    asked: Sequence[Wish], part: Condition
) -> tuple[KindOfReferral, Condition, Place | None]:
    """Choose the kind whose newest reach back furthest, what to try on those, and the reach."""
    kinds = [(it.kind, _tried(asked, it)) for it in asked if it.kind]
    if not kinds:
        kinds = [(EVERYTHING, _tried(asked, None))]
    if len(asked) <= 1 and all(it.kind for it in asked):
        return *kinds[0], None
    reached = reaches([kind for kind, _others in kinds], part)
    if None in reached:
        return *kinds[reached.index(None)], None
    reach = min(it for it in reached if it)
    return *kinds[reached.index(reach)], reach


def _tried(asked: Sequence[Wish], chosen: Wish | None) -> Condition:
    return both(*(it.tried for it in asked if it is not chosen))


def page(rows: Iterable[Listed], *, officer: Officer) -> Page:
    """Make a page of up to PAGE + 1 rows."""
    found = list(rows)
    lines = [_line(row, officer) for row in found[:PAGE]]
    if len(found) <= PAGE:
        return Page(lines, None)
    last = found[PAGE - 1]
    return Page(lines, cursor_of(Place(last.logged_at, last.number)))


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
        found.setdefault(bytes(row.same_content or b""), []).append(_line(Listed.of(row), officer))
    return {it: found[token][:PAGE] for it, token in tokens.items() if token in found}


def named(references: Sequence[str], *, officer: Officer) -> Sequence[ReferralLine]:
    """Give the referrals with these references, by their numbers; unknown ones are left out."""
    check_may(officer, Permission.LIST_REFERRALS)
    asked = [it for it in references if REFERENCE.fullmatch(it)][: 2 * PAGE]
    rows = ReferralRow.objects.select_related("key").filter(reference__in=asked).order_by("number")
    return [_line(Listed.of(row), officer) for row in rows]


def _line(row: Listed, officer: Officer) -> ReferralLine:
    may_read = may(officer, Permission.READ_WORDS) and not row.restricted
    return ReferralLine(
        reference=row.reference,
        state=State(row.state),
        state_since=row.state_since,
        platform=row.platform,
        platform_status=PlatformStatus(row.platform_status),
        harm=row.harm,
        address=row.address() if may_read else WITHHELD,
        logged_at=row.logged_at,
        version=row.version,
        put_off_until=row.put_off_until,
        owner=OfficerRef(row.owner_id),
        record=row.id,
    )
