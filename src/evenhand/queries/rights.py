"""Requests of people about their data: by clock, one in full, and what its receipt shows."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db.models import Sum
from django.utils import timezone

from evenhand.queries import (
    consultations,
    people_finding,
    receipts,
    rights_letters,
    rights_reviews,
)
from evenhand.queries.rights_shown import (
    ChallengeDue,
    EventShown,
    FoundShown,
    Reach,
    ReceiptShown,
    RightsBrief,
    RightsInFull,
    RightsLine,
    SearchShown,
)
from evenhand.rules.challenges import ChallengeStanding
from evenhand.rules.clocks_events import Happened
from evenhand.rules.officers import Acting, Officer, OfficerRef, Permission, check_may
from evenhand.rules.public_doors import plain_number
from evenhand.rules.public_rights import RightsKind, no_such_request
from evenhand.rules.rights import (
    ACKNOWLEDGED,
    CLOCKS,
    MOST_OPEN,
    CameBy,
    RightsStanding,
    acknowledge_by,
    due_of,
)
from evenhand.rules.rights_replies import (
    LetterKind,
    LetterStanding,
    RightsOutcome,
)
from evenhand.seal.blind import What
from evenhand.seal.record import RecordKey
from evenhand.store.challenges import ChallengeRow
from evenhand.store.lawbook import clocks
from evenhand.store.people_named import without_birth_date
from evenhand.store.rights import RightsCountRow, RightsRequestRow
from evenhand.store.rights_basis import basis_of
from evenhand.store.sealing import blind_index, open_record_key, unsealed

READ = Permission.READ_RIGHTS
TABLE = RightsRequestRow._meta.db_table
ANSWERED_SHOWN = 20
CHALLENGES_SHOWN = 50


def waiting(*, officer: Officer) -> Sequence[RightsLine]:
    """Give the requests that nobody has answered, what is due first at the top."""
    check_may(officer, READ)
    rows = RightsRequestRow.objects.open().prefetch_related("events", "letters")
    return sorted((_line(it) for it in rows[:MOST_OPEN]), key=lambda it: it.next_on)


def is_more(*, officer: Officer) -> bool:
    """Say whether more wait than are listed: those came last."""
    check_may(officer, READ)
    return RightsRequestRow.objects.open()[MOST_OPEN : MOST_OPEN + 1].exists()


def briefly(*, officer: Officer) -> Sequence[RightsBrief]:
    """Give the same for a program."""
    check_may(officer, READ)
    rows = RightsRequestRow.objects.open().prefetch_related(
        "events", "searches", "found__person", "letters__packs__person", *rights_reviews.OF_MARKS
    )
    return sorted(map(_brief, rows[:MOST_OPEN]), key=lambda it: it.answer_by or date.max)


def brief(reference: str, *, officer: Officer) -> RightsBrief:
    """Give one request without a name or a word. Raises NotFound."""
    check_may(officer, READ)
    return _brief(RightsRequestRow.objects.named(reference))


def answered(*, officer: Officer) -> Sequence[RightsLine]:
    """Give the requests that were answered or withdrawn last."""
    check_may(officer, READ)
    found = RightsRequestRow.objects.ended().prefetch_related("events", "letters")
    return [_line(it) for it in found[:ANSWERED_SHOWN]]


def counts(*, officer: Officer) -> Mapping[tuple[RightsKind, str], int]:
    """Give how many requests came, and how many were answered in time or late, by kind."""
    check_may(officer, READ)
    rows = RightsCountRow.objects.values("kind", "what").annotate(total=Sum("count"))
    return {(RightsKind(it["kind"]), it["what"]): it["total"] for it in rows}


def challenges(*, officer: Officer) -> Sequence[ChallengeDue]:
    """Give that challenges wait, and until when. Who settles them reads more than this desk may."""
    check_may(officer, READ)
    return [
        ChallengeDue(timezone.localdate(it.at), it.due_on, ChallengeStanding(it.standing))
        for it in ChallengeRow.objects.open()[:CHALLENGES_SHOWN]
    ]


def one(reference: str, *, acting: Acting) -> RightsInFull:
    """Give one request with its words, once the looks are in the log. Raises NotFound."""
    check_may(acting.officer, READ)
    row = RightsRequestRow.objects.named(reference)
    consultations.at_request(row.id, READ, acting=acting)
    key = open_record_key(row.key)
    born = unsealed(row, key, "birth_date")
    return RightsInFull(
        _line(row),
        name=unsealed(row, key, "name"),
        birth_date=date.fromisoformat(born) if born else None,
        wish=unsealed(row, key, "wish"),
        told=unsealed(row, key, "told"),
        tried=unsealed(row, key, "tried"),
        language=row.language,
        unreached_by=row.unreached_by.name if row.unreached_by else "",
        logged_by=row.logged_by.name if row.logged_by else "",
        began_on=rights_letters.began_on(row),
        events=_events(row, key),
        searches=_searches(row, key),
        found=_found(row, acting),
        held_back=rights_reviews.held_back(row),
        letters=rights_letters.of(row, key),
        basis=basis_of(row, today=timezone.localdate(acting.at)),
        without_birth_date=without_birth_date().count(),
    )


def reach(reference: str, *, acting: Acting) -> Reach:
    """Give how whoever asked is reached, to who sends them a letter. It is a look of its own."""
    check_may(acting.officer, Permission.HANDLE_RIGHTS)
    row = RightsRequestRow.objects.named(reference)
    consultations.at_request(row.id, Permission.HANDLE_RIGHTS, acting=acting)
    contact = getattr(row, "contact", None)
    if contact is None:
        return Reach("", "")
    key = open_record_key(contact.key)
    return Reach(unsealed(contact, key, "email"), unsealed(contact, key, "postal"))


def by_receipt(number: str) -> ReceiptShown:
    """Give what the holder of a receipt number may see now. Raises NotFound."""
    row = _with_receipt(number)
    line = _line(row)
    return ReceiptShown(
        reference=line.reference,
        kind=line.kind,
        received_on=line.received_on,
        answer_by=line.due.target,
        waits_for=line.due.waits_for,
        replied_on=timezone.localdate(line.replied_at) if line.replied_at else None,
        withdrawn_on=timezone.localdate(line.withdrawn_at) if line.withdrawn_at else None,
        is_signed=receipts.has_public_act(TABLE, row.id),
    )


def log_receipt(number: str, *, log: Path) -> str:
    """Give what proves that the log has the request with this receipt number.

    ``log`` is the folder of the tiles. Raises NotFound, ReceiptNotYet, ReceiptFalse.
    """
    return receipts.of_public_act(TABLE, _with_receipt(number).id, log)


def _with_receipt(number: str) -> RightsRequestRow:
    token = blind_index().token(What.RECEIPT, plain_number(number))
    row = RightsRequestRow.objects.filter(receipt=token).first()
    if row is None:
        raise no_such_request()
    return row


def _brief(row: RightsRequestRow) -> RightsBrief:
    line = _line(row)
    found = sorted(row.found.all(), key=lambda it: (it.at, it.id))
    return RightsBrief(
        reference=line.reference,
        kind=line.kind,
        came_by=line.came_by,
        received_on=line.received_on,
        standing=line.standing,
        answer_by=line.due.target,
        latest=line.due.outer,
        waits_for=line.due.waits_for,
        acknowledge_by=line.acknowledge_on,
        outcome=line.outcome,
        replied_at=line.replied_at,
        withdrawn_at=line.withdrawn_at,
        unreached_at=line.unreached_at,
        searches=len(row.searches.all()),
        found=[{"person": it.person.reference, "theirs": it.is_theirs} for it in found],
        letters=[
            {
                "id": it.id,
                "kind": it.kind,
                "outcome": it.outcome,
                "standing": it.standing,
                "packs": sorted(pack.person.reference for pack in it.packs.all()),
            }
            for it in sorted(row.letters.all(), key=lambda it: (it.at, it.id))
        ],
        held_back=rights_reviews.briefly(row),
    )


def _line(row: RightsRequestRow) -> RightsLine:
    kind, calendar, law = RightsKind(row.kind), settings.CLOCKS.calendar, clocks().rows
    letters, request = list(row.letters.all()), row.as_request()
    sent = any(
        it.kind == LetterKind.ACKNOWLEDGEMENT and it.standing == LetterStanding.SENT
        for it in letters
    )
    is_complaint = kind is RightsKind.COMPLAINT
    extend_by = None
    if not is_complaint and not request.is_extended:
        extend_by = due_of(kind, law["E05"], request, calendar).target
    return RightsLine(
        reference=row.reference,
        kind=kind,
        came_by=CameBy(row.came_by),
        received_on=row.received_on,
        standing=RightsStanding(row.standing),
        due=due_of(kind, law[CLOCKS[kind]], request, calendar),
        extend_by=extend_by,
        acknowledge_on=acknowledge_by(law[ACKNOWLEDGED], row.received_on)
        if is_complaint and not sent
        else None,
        proposed_by=[
            OfficerRef(it.by_id) for it in letters if it.standing == LetterStanding.PROPOSED
        ],
        to_send_on=rights_letters.to_send_on(row),
        outcome=RightsOutcome(row.outcome) if row.outcome else None,
        replied_at=row.replied_at,
        withdrawn_at=row.withdrawn_at,
        unreached_at=row.unreached_at,
    )


def _events(row: RightsRequestRow, key: RecordKey) -> Sequence[EventShown]:
    return [
        EventShown(Happened(it.what), it.day, unsealed(it, key, "reasons"), it.by.name)
        for it in row.events.select_related("by").order_by("day", "at")
    ]


def _searches(row: RightsRequestRow, key: RecordKey) -> Sequence[SearchShown]:
    return [
        SearchShown(
            unsealed(it, key, "sought"),
            it.hits,
            len(it.in_quarantine),
            it.more,
            it.by.name,
            it.at,
        )
        for it in row.searches.select_related("by").order_by("at")
    ]


def _found(row: RightsRequestRow, acting: Acting) -> Sequence[FoundShown]:
    rows = list(row.found.select_related("person__key").order_by("at", "id"))
    people = [it.person for it in rows]
    why = Permission.FIND_PERSON
    hits = people_finding.looked_at(people, why, row.reference, acting)
    marks = list(row.marks.values_list("person_id", flat=True))
    return [
        FoundShown(
            hit,
            it.is_theirs,
            unsealed(it, open_record_key(it.person.key), "reason"),
            marks.count(it.person_id),
        )
        for it, hit in zip(rows, hits, strict=True)
    ]
