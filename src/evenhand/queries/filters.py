"""What can be asked of the list of referrals, and how each wish is looked for."""

import binascii
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from django.utils import timezone

from evenhand.rules.answers import PlatformStatus
from evenhand.rules.assessments import Ground
from evenhand.rules.content import identify, site_of
from evenhand.rules.officers import Officer, Permission, RoleMissing, may
from evenhand.rules.referrals import State
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.texts import SHORT, check_text
from evenhand.rules.words import words
from evenhand.seal.blind import What
from evenhand.store.lawbook import lawbook
from evenhand.store.looking import (
    Condition,
    KindOfReferral,
    Place,
    both,
    few_with,
    few_with_words,
    with_words,
)
from evenhand.store.officers import OfficerRow
from evenhand.store.sealing import blind_index

REFERENCE = re.compile(r"\d{4}-\d{6,}")
# As people remember one: without the zeros, with a stroke, or only its number with the zeros.
SHORTER = re.compile(r"(\d{4})[-/](\d{1,9})")
NUMBER = re.compile(r"0+[1-9]\d{0,8}")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
MOST_MICROSECONDS, MOST_NUMBER = 2**57 - 1, 2**63 - 1


class Sought(StrEnum):
    """What a search was taken for."""

    REFERENCE = "reference"
    SITE = "site"
    ADDRESS = "address"
    WORDS = "words"


class CursorWrong(Refused):
    """A cursor is the one that came with the page before."""

    code = "E-FIND-02"
    kind = Kind.MALFORMED


class PeriodBackwards(Refused):
    """A period begins before it ends."""

    code = "E-FIND-03"


class OfficerUnknown(Refused):
    """A list is narrowed to an officer whom this desk has or had."""

    code = "E-FIND-04"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which referrals to list. ``q``: a reference, an address in any spelling, or whole words.

    ``since``: logged from the start of that day on, or from that moment; ``until``: to the end of
    that day, or before that moment. ``officer``: the user name of whoever logged or owns it.
    ``overdue_at``: only what was due before this moment.
    """

    state: State | None = None
    platform: str = ""
    harm: str = ""
    ground: Ground | None = None
    officer: str = ""
    outcome: PlatformStatus | None = None
    q: str = ""
    since: date | None = None
    until: date | None = None
    overdue_at: datetime | None = None
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing asked for: how to try it on a referral, and the ways to those that have it.

    ``kind``: an index gives them newest first. ``few``: gives all their numbers unless they are
    many; that is tried first.
    """

    tried: Condition
    kind: KindOfReferral | None = None
    few: Callable[[], list[int] | None] | None = None


def wishes(chosen: Filter) -> list[Wish]:
    """Say how each wish is looked for. Raises what cannot be asked."""
    return [*_found_by(chosen.q), *_overdue(chosen.overdue_at), *_codes(chosen)]


def within(chosen: Filter) -> Condition:
    """Say which part of the list is asked for: the period, and what comes after the cursor."""
    since = start_of(chosen.since) if chosen.since else None
    until = _end_of(chosen.until) if chosen.until else None
    if since and until and since >= until:
        raise PeriodBackwards(
            words("The period ends before it begins."),
            do=words("Swap the two days, or leave one of them out."),
            at="until",
        )
    parts = []
    if since:
        parts.append(Condition("logged_at >= %s", (since,)))
    if until:
        parts.append(Condition("logged_at < %s", (until,)))
    if chosen.cursor:
        parts.append(Condition("(logged_at, number) < (%s, %s)", _place(chosen.cursor)))
    return both(*parts)


def no_such_place() -> CursorWrong:
    """Say that a cursor is of somebody's own making."""
    return CursorWrong(
        words("This cursor is not one that a list gave."),
        do=words("Start again from the first page."),
        at="cursor",
    )


def cursor_of(place: Place) -> str:
    """Write a place in the list down for the next page."""
    micros = (place.at - EPOCH) // MICROSECOND
    data = micros.to_bytes(8, "big") + place.number.to_bytes(8, "big")
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def start_of(day: date) -> datetime:
    """Give the moment itself, or the first one of a day on this desk."""
    if isinstance(day, datetime):
        return day
    return timezone.make_aware(datetime.combine(day, time.min))


def _end_of(day: date) -> datetime | None:
    if isinstance(day, datetime):
        return day
    return None if day == date.max else start_of(day + timedelta(days=1))


def _codes(chosen: Filter) -> Iterator[Wish]:
    check_text(chosen.platform, at="platform", most=SHORT)
    check_text(chosen.harm, at="harm", most=SHORT)
    if chosen.state:
        yield _of_kind(Condition("state = %s", (chosen.state,)))
    if chosen.platform:
        yield _of_kind(Condition("platform = %s", (_code_at(chosen.platform),)))
    if chosen.harm:
        yield _of_kind(Condition("harm = %s", (chosen.harm,)))
    if chosen.ground:
        yield Wish(Condition("ground = %s", (chosen.ground,)))
    if chosen.outcome:
        outcome = Condition("platform_status = %s", (chosen.outcome,))
        # Nearly every referral begins without an answer: no index is kept of those.
        is_common = chosen.outcome is PlatformStatus.NONE_YET
        yield Wish(outcome) if is_common else _of_kind(outcome)
    if chosen.officer:
        yield _of_officer(chosen.officer)


def _code_at(site: str) -> str:
    """Give the code under which referrals of a site stand: the platform's, where it has one."""
    known = lawbook().platform_at(site)
    return known.code if known else site


def _of_kind(condition: Condition) -> Wish:
    return Wish(condition, kind=(condition,))


def _of_officer(username: str) -> Wish:
    check_text(username, at="officer", most=SHORT)
    ref = OfficerRow.objects.filter(account__username=username).values_list("id", flat=True).first()
    if ref is None:
        raise OfficerUnknown(
            words("No officer of this desk has this user name."),
            do=words("Choose an officer from the list, or check the spelling."),
            at="officer",
        )
    logged = Condition("logged_by_id = %s", (ref,))
    owns = Condition("owner_id = %s", (ref,))
    return Wish(Condition(f"({logged.sql} OR {owns.sql})", (ref, ref)), kind=(logged, owns))


def _overdue(at: datetime | None) -> Iterator[Wish]:
    if at:
        overdue = Condition("due_at < %s", (at,))
        yield Wish(overdue, few=lambda: few_with(overdue, by="due_at"))


def _found_by(q: str) -> Iterator[Wish]:
    """Look for a reference, an address in any spelling, or whole words, all of them required."""
    check_text(q, at="q", most=SHORT * 4)
    asked = q.strip()
    if not asked:
        return
    site = site_of(asked)
    if site:
        yield _of_kind(Condition("platform = %s", (_code_at(site),)))
        return
    exact = _exactly(asked)
    if exact:
        yield Wish(exact, few=lambda: few_with(exact, by="number"))
        return
    tokens = blind_index().words(asked)
    if tokens:
        yield Wish(with_words(tokens), few=lambda: few_with_words(tokens))
    else:
        yield Wish(Condition("false"), few=list)


def check_may_look_for(q: str, officer: Officer) -> None:
    """Refuse a search for words or an address by who may not read them; a reference is neither."""
    if not q or REFERENCE.fullmatch(reference_in(q)) or may(officer, Permission.READ_WORDS):
        return
    raise RoleMissing.lacking(
        Permission.READ_WORDS,
        words("Your role does not see addresses and words, so it cannot look for them."),
        do=words("Enter a reference, or ask a colleague with the role {roles}."),
        at="q",
    )


def sought(q: str) -> Sought:
    """Say what a search was taken for."""
    if REFERENCE.fullmatch(reference_in(q)) or NUMBER.fullmatch(q.strip()):
        return Sought.REFERENCE
    if site_of(q.strip()):
        return Sought.SITE
    return Sought.ADDRESS if _exactly(q.strip()) else Sought.WORDS


def reference_in(asked: str) -> str:
    """Write a reference in full that was entered shorter; give anything else as it is."""
    shorter = SHORTER.fullmatch(asked.strip())
    return f"{shorter[1]}-{int(shorter[2]):06d}" if shorter else asked.strip()


def _exactly(asked: str) -> Condition | None:
    """Take what was asked for as a reference or an address, if it is one."""
    reference = reference_in(asked)
    if REFERENCE.fullmatch(reference):
        return Condition("reference = %s", (reference,))
    if NUMBER.fullmatch(asked):
        return Condition("number = %s", (int(asked),))
    if "." in asked and not any(letter.isspace() for letter in asked):
        try:
            key = identify(asked).same_content_key
        except Refused:
            return None
        return Condition("same_content = %s", (blind_index().token(What.CONTENT, key),))
    return None


def _place(cursor: str) -> Place:
    try:
        data = urlsafe_b64decode(cursor.encode("ascii") + b"==")
    except (binascii.Error, ValueError):
        data = b""
    micros, number = int.from_bytes(data[:8], "big"), int.from_bytes(data[8:16], "big")
    if micros <= MOST_MICROSECONDS and number <= MOST_NUMBER:
        place = Place(EPOCH + micros * MICROSECOND, number)
        if cursor_of(place) == cursor:
            return place
    raise no_such_place()
