"""Looks are entries of the log, written before anything is shown; and one's own, counted."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Code, Commitment, Entry
from evenhand.rules.consultations import (
    LONGEST_SHIFT,
    MOST_READ,
    ONE_CONSULTATION,
    Stretch,
    stretch,
)
from evenhand.rules.officers import MATRIX, Acting, Officer, Permission, may
from evenhand.rules.oversight import LogPurpose
from evenhand.rules.purposes import OWN, Purpose
from evenhand.rules.retention import check_open
from evenhand.seal.record import RecordKey
from evenhand.store.asking import Found, Question, ask
from evenhand.store.captures import CaptureRow
from evenhand.store.challenges import has_touched, is_challenged
from evenhand.store.consulting import enter_consultation
from evenhand.store.machinery import ConsultationRow
from evenhand.store.people import PersonRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import place_of

WEEK = timedelta(days=7)
EXPOSURE = """
SELECT coalesce(harm, ''), count(DISTINCT about) FILTER (WHERE at >= %s), count(DISTINCT about)
FROM machinery.consultation JOIN referral ON referral.id = about
WHERE officer = %s AND at >= %s AND tried IS NULL AND why <> 'find_person' GROUP BY 1 ORDER BY 1
"""
CAPTURES_SEEN = """
SELECT count(*) FILTER (WHERE at >= %s), count(*) FROM machinery.consultation
WHERE officer = %s AND at >= %s AND tried IS NULL AND why = 'open_capture'
"""


@dataclass(frozen=True, slots=True)
class Exposure:
    """How many referrals an officer opened, by harm: today, and in seven days. Theirs alone.

    ``captures`` says the same of how often they opened a capture.
    """

    today: Mapping[str, int]
    week: Mapping[str, int]
    captures: tuple[int, int]


def at_one(
    record: UUID, why: Permission, *, besides: Sequence[Question] = (), acting: Acting
) -> list[Found]:
    """Enter that somebody looks at one record. Call it before its words are opened.

    Gives what was found of what is asked ``besides``, on the same trip.
    """
    entry = _entry(Act.REFERRAL_CONSULTED, why, acting, obj=record)
    since = acting.at - ONE_CONSULTATION
    return enter_consultation(entry, about=record, since=since, besides=besides)


def at_referral(
    row: ReferralRow, why: Permission, *, besides: Sequence[Question] = (), acting: Acting
) -> list[Found]:
    """Enter that somebody looks at a referral, unless it is closed to them. Raises Restricted.

    It is open to whoever may settle a challenge to it that waits. Gives what ``at_one`` gives.
    """
    restricted = row.is_restricted(timezone.localdate(acting.at)) and not _settles(row, acting)
    check_open(row.reference, restricted=restricted, officer=acting.officer)
    return at_one(row.id, why, besides=besides, acting=acting)


def _settles(row: ReferralRow, acting: Acting) -> bool:
    is_allowed = may(acting.officer, Permission.SETTLE_CHALLENGE) and is_challenged(row)
    return is_allowed and not has_touched(row.id, acting.officer.ref)


def at_person(
    row: PersonRow,
    key: RecordKey,
    why: Permission,
    reason: str,
    *,
    purpose: Purpose = OWN,
    acting: Acting,
) -> None:
    """Enter that somebody looks at a person, and why. Each reason given is a look of its own.

    The entry says for which purpose it was, if that is another one than the desk's.
    """
    entry = _entry(Act.PERSON_CONSULTED, why, acting, obj=row.id)
    entry = replace(entry, outcome=None if purpose is OWN else Code(purpose))
    _enter_for(entry, row.id, key, reason, since=acting.at)


def at_person_again(
    row: PersonRow, key: RecordKey, why: Permission, reason: str, *, acting: Acting
) -> None:
    """Enter a look at a person for the page’s own reason: within ten minutes it is the same."""
    entry = _entry(Act.PERSON_CONSULTED, why, acting, obj=row.id)
    _enter_for(entry, row.id, key, reason, since=acting.at - ONE_CONSULTATION)


def at_search(
    about: ReferralRow, key: RecordKey, people: Sequence[UUID], reason: str, *, acting: Acting
) -> None:
    """Enter that somebody was looked for, and why, sealed with the referral.

    Whoever looks twice looked twice, for another key perhaps.
    """
    found = tuple(people)
    entry = _entry(Act.PERSON_SOUGHT, Permission.FIND_PERSON, acting, obj=about.id, objs=found)
    entry = replace(entry, outcome=Code("found" if found else "nobody"))
    _enter_for(entry, about.id, key, reason, since=acting.at)


def is_looking_at(record: UUID, why: Permission, *, acting: Acting) -> bool:
    """Say whether this officer gave a reason for looking at this record within ten minutes."""
    looks = ConsultationRow.objects.filter(
        officer=acting.officer.ref,
        about=record,
        why=why,
        tried__isnull=True,
        reason__isnull=False,
        at__gt=acting.at - ONE_CONSULTATION,
        at__lte=acting.at,
    )
    return looks.exists()


def at_several(records: Sequence[UUID], why: Permission, *, acting: Acting) -> None:
    """Enter that somebody looks at a list, with every record on it; an empty list is a look too."""
    entry = _entry(Act.LIST_CONSULTED, why, acting, objs=tuple(records))
    enter_consultation(entry, about=_several(records), since=acting.at - ONE_CONSULTATION)


def at_imported(record: UUID, *, acting: Acting) -> None:
    """Enter that somebody looks at what an old system says, before any of it is opened."""
    entry = _entry(Act.IMPORT_CONSULTED, Permission.IMPORT, acting, obj=record)
    enter_consultation(entry, about=record, since=acting.at - ONE_CONSULTATION)


def at_foi(request: UUID, *, acting: Acting) -> None:
    """Enter that somebody looks at a request for information, before any of it is opened."""
    entry = _entry(Act.FOI_CONSULTED, Permission.READ_FOI, acting, obj=request)
    enter_consultation(entry, about=request, since=acting.at - ONE_CONSULTATION)


def at_requester(request: UUID, *, acting: Acting) -> None:
    """Enter that somebody looks at who asked for information. Each look is an entry."""
    entry = _entry(Act.FOI_REQUESTER_CONSULTED, Permission.READ_REQUESTER, acting, obj=request)
    enter_consultation(entry, about=request, since=acting.at)


def at_report(report: UUID, *, acting: Acting) -> None:
    """Enter that somebody looks at a report from the public, before any of it is opened."""
    entry = _entry(Act.REPORT_CONSULTED, Permission.TAKE_REPORT, acting, obj=report)
    enter_consultation(entry, about=report, since=acting.at - ONE_CONSULTATION)


def at_request(request: UUID, why: Permission, *, acting: Acting) -> None:
    """Enter that somebody looks at a request about one’s own data, before it is opened."""
    entry = _entry(Act.RIGHTS_CONSULTED, why, acting, obj=request)
    enter_consultation(entry, about=request, since=acting.at - ONE_CONSULTATION)


def at_pack(person: UUID, key: RecordKey, request: str, *, acting: Acting) -> None:
    """Enter that a pack of somebody is drawn, and for which request. Each time is its own entry."""
    entry = _entry(Act.RIGHTS_PACK_DRAWN, Permission.READ_RIGHTS, acting, obj=person)
    _enter_for(entry, person, key, request, since=acting.at)


def at_mail(record: UUID, *, acting: Acting) -> None:
    """Enter that somebody looks at a message of no referral, before any of it is opened."""
    entry = _entry(Act.MAIL_CONSULTED, Permission.READ_MAIL, acting, obj=record)
    enter_consultation(entry, about=record, since=acting.at - ONE_CONSULTATION)


def at_capture(row: CaptureRow, key: RecordKey, reason: str, *, acting: Acting) -> None:
    """Enter that somebody opens a capture, and why. Each reason given is a look of its own."""
    entry = _entry(Act.CAPTURE_CONSULTED, Permission.OPEN_CAPTURE, acting, obj=row.id)
    _enter_for(entry, row.id, key, reason, since=acting.at)


def at_log(records: Sequence[UUID], why: LogPurpose, *, acting: Acting) -> None:
    """Enter that somebody reads in the log who did what with records. Before anybody is named."""
    entry = _entry(
        Act.LOG_CONSULTED,
        Permission.READ_WHO,
        acting,
        obj=records[0] if len(records) == 1 else None,
        objs=tuple(records) if len(records) != 1 else (),
    )
    about, since = _several(records), acting.at - ONE_CONSULTATION
    enter_consultation(replace(entry, why=Code(why)), about=about, since=since)


def exposure(*, officer: Officer, now: datetime, day_began: datetime) -> Exposure:
    """Count the referrals that an officer opened, by the harm they have now, and captures.

    Only for oneself.
    """
    values = [day_began, officer.ref, now - WEEK]
    rows, [captures] = ask((EXPOSURE, values), (CAPTURES_SEEN, values))
    return Exposure(
        today={harm: count for harm, count, _week in rows if count},
        week={harm: count for harm, _today, count in rows},
        captures=tuple(captures),
    )


def since_break(*, officer: Officer, now: datetime) -> Stretch:
    """Give what an officer opened since their last break, as exposure counts it. For oneself."""
    looks = ConsultationRow.objects.filter(
        officer=officer.ref, tried__isnull=True, at__range=(now - LONGEST_SHIFT, now)
    ).exclude(why=Permission.FIND_PERSON)
    of_content = Q(about__in=ReferralRow.objects.values("id")) | Q(why=Permission.OPEN_CAPTURE)
    opened = looks.filter(of_content).order_by("-at")
    return stretch(list(opened.values_list("at", "about")[:MOST_READ]), now=now)


def _enter_for(entry: Entry, about: UUID, key: RecordKey, reason: str, *, since: datetime) -> None:
    """Enter a look with its reason: committed in the entry, and sealed beside it."""
    entry = replace(entry, reason=Commitment(key.commit(reason)))
    sealed = key.seal(place_of(ConsultationRow, "reason", about), reason)
    enter_consultation(entry, about=about, since=since, reason=sealed)


def _several(records: Sequence[UUID]) -> UUID:
    """Tell a list of records from every other list, and from every record."""
    return UUID(bytes=hashlib.sha256(b"".join(it.bytes for it in records)).digest()[:16])


def _entry(
    act: Act,
    why: Permission,
    acting: Acting,
    *,
    obj: UUID | None = None,
    objs: tuple[UUID, ...] = (),
) -> Entry:
    roles = sorted(acting.officer.roles & MATRIX[why])
    return Entry(
        act=act,
        at=acting.at,
        who=acting.officer.ref,
        role=Code(roles[0]) if roles else None,
        obj=obj,
        why=Code(why),
        req=acting.request,
        objs=objs,
    )
