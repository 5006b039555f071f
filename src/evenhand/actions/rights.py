"""Work on a request about one's own data: its clock, the search, whose it is, what is held back."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone

from evenhand.actions.entering import committed
from evenhand.actions.rights_letters import write_notice
from evenhand.actions.rights_receiving import about_request
from evenhand.ledger.acts import Act
from evenhand.rules.clocks_events import Event, Happened, NotInOrder
from evenhand.rules.clocks_rights import MoreTime, check_reasons_for_more_time
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.people_finding import MOST_HITS, Key, check_key_of_request
from evenhand.rules.public_rights import RightsKind
from evenhand.rules.rights import (
    CLOCKS,
    Mark,
    NotAPiece,
    RightsStanding,
    check_event,
    check_mark,
    check_of_whole,
    check_open,
)
from evenhand.rules.rights_replies import WRITES, check_nothing_waits
from evenhand.rules.texts import check_reason
from evenhand.rules.words import words
from evenhand.store.combinations import and_joined
from evenhand.store.imports import ImportedRow
from evenhand.store.lawbook import clocks
from evenhand.store.people import PersonRow
from evenhand.store.people_named import called
from evenhand.store.rights import RightsEventRow, RightsRequestRow, RightsSearchRow
from evenhand.store.rights_found import RightsFoundRow, RightsMarkRow
from evenhand.store.rights_letters import IS_REPLY, WAITS
from evenhand.store.rights_packing import pack_of, whole
from evenhand.store.sealing import open_record_key, seal_into
from evenhand.store.writing import writing

HANDLE = Permission.HANDLE_RIGHTS


def move(
    reference: str,
    what: Happened,
    on: date,
    reasons: str,
    *,
    because: Collection[MoreTime] = (),
    acting: Acting,
) -> None:
    """Enter what happened with a request and moves its clock; what is asked goes into a letter.

    Raises NotExtended, NotPaused, NotInOrder, NoReasonableDoubt.
    """
    check_may(acting.officer, HANDLE)
    with writing() as pen:
        row = opened(reference)
        kind, event = RightsKind(row.kind), Event(what, on)
        if what is Happened.EXTENDED:
            check_reasons_for_more_time(because, reasons)
        check_event(kind, clocks().rows[CLOCKS[kind]], row.as_request(), event, reasons)
        _check_day(event, today=timezone.localdate(acting.at))
        key = open_record_key(row.key)
        made = RightsEventRow(
            request=row,
            what=what,
            day=on,
            because=sorted(because),
            by_id=acting.officer.ref,
            at=acting.at,
        )
        seal_into(made, key, reasons=reasons)
        made.save(force_insert=True)
        if what in WRITES:
            write_notice(row, WRITES[what], reasons, acting=acting)
        told = committed(key, reasons)
        act = Act.RIGHTS_MOVED
        pen.enter(about_request(row, act, HANDLE, acting=acting, outcome=what, reason=told))


def search(reference: str, sought: Key, *, acting: Acting) -> int:
    """Search for a request by one exact key; say how many records with it are known by now.

    A name without a birth date finds records on which there is none. A record that is joined with
    one that is found, as one person's, is found with it.

    At most five new ones are taken at once; where there are more, no reply is proposed before
    somebody searches by the same key again. Every search is kept, also one that finds nobody. What
    is found is held from now on, and nothing of it is shown: to open it is a look of its own. Of
    what has the key in quarantine only the number is told: it is passed on or rejected first.
    """
    check_may(acting.officer, HANDLE)
    check_may(acting.officer, Permission.FIND_PERSON)
    check_key_of_request(sought)
    with writing() as pen:
        row = opened(reference)
        key = open_record_key(row.key)
        known, new = _known_and_new(row, sought)
        found, old = [*known, *new[:MOST_HITS]], _in_quarantine(sought)
        made = RightsSearchRow(request=row, hits=len(found), by_id=acting.officer.ref, at=acting.at)
        made.more, made.in_quarantine = max(len(new), len(old)) > MOST_HITS, old[:MOST_HITS]
        seal_into(made, key, sought=_as_text(sought))
        made.save(force_insert=True)
        for person in new[:MOST_HITS]:
            hit = RightsFoundRow(request=row, by_id=acting.officer.ref, at=acting.at)
            hit.person_id = person
            hit.save(force_insert=True)
        objs = (*found, *made.in_quarantine)
        outcome = "found" if objs else "nobody"
        told = committed(key, row.reference)
        entry = about_request(
            row,
            Act.RIGHTS_SOUGHT,
            HANDLE,
            acting=acting,
            outcome=outcome,
            objs=objs,
            reason=told,
        )
        pen.enter(entry)
    return len(objs)


def settle_hit(
    reference: str, person: str, *, is_theirs: bool, reason: str, acting: Acting
) -> None:
    """Say whether a record that was found is that of the person who asks, and how one knows."""
    check_may(acting.officer, HANDLE)
    check_reason(reason)
    with writing() as pen:
        row = opened(reference)
        hit = _hit(row, person)
        key = open_record_key(hit.person.key)
        hit.is_theirs, hit.settled_at = is_theirs, acting.at
        hit.settled_by_id = acting.officer.ref
        seal_into(hit, key, reason=reason)
        hit.save()
        told = committed(key, reason)
        outcome = "theirs" if is_theirs else "another"
        entry = about_request(
            row,
            Act.RIGHTS_FOUND,
            HANDLE,
            acting=acting,
            outcome=outcome,
            objs=(hit.person_id,),
            reason=told,
        )
        pen.enter(entry)


def hold_back(reference: str, person: str, piece: str, mark: Mark, *, acting: Acting) -> None:
    """Hold one piece of a record back. It counts once a second officer approves the reply."""
    check_may(acting.officer, HANDLE)
    today = timezone.localdate(acting.at)
    check_mark(mark, today=today)
    with writing() as pen:
        row = opened(reference)
        hit = _hit(row, person)
        key = open_record_key(hit.person.key)
        _check_piece(row, hit, piece, today=today)
        if piece == whole(hit.person):
            check_of_whole(mark)
        made = RightsMarkRow(
            request=row,
            person=hit.person,
            piece=piece,
            withheld=mark.withheld,
            ground=mark.ground,
            review_on=mark.review_on,
            by_id=acting.officer.ref,
            at=acting.at,
        )
        seal_into(made, key, reasons=mark.reasons, lawyer=mark.lawyer)
        made.save(force_insert=True)
        told = committed(key, mark.reasons)
        entry = about_request(
            row,
            Act.RIGHTS_MARKED,
            HANDLE,
            acting=acting,
            outcome=mark.withheld,
            objs=(hit.person_id,),
            reason=told,
        )
        pen.enter(entry)


def give_after_all(reference: str, piece: str, *, acting: Acting) -> None:
    """Take a mark back: the piece is given."""
    check_may(acting.officer, HANDLE)
    with writing() as pen:
        row = opened(reference)
        mark = row.marks.filter(piece=piece).first()
        if mark is None:
            raise _no_piece()
        objs = (mark.person_id,)
        mark.delete()
        pen.enter(about_request(row, Act.RIGHTS_UNMARKED, HANDLE, acting=acting, objs=objs))


def opened(reference: str) -> RightsRequestRow:
    """Give an open request, locked, whose reply does not wait. Raises Answered, LetterNotReady."""
    row = RightsRequestRow.objects.locked(reference)
    check_open(RightsStanding(row.standing))
    check_nothing_waits(row.letters.filter(IS_REPLY, standing__in=WAITS).exists())
    return row


def _known_and_new(row: RightsRequestRow, sought: Key) -> tuple[Sequence[UUID], Sequence[UUID]]:
    """Give who has a key: those found for the request before, and new ones, one more than taken.

    What is joined with a record that has the key is the same person's, whatever name it has.
    """
    before = row.found.values("person")
    by_name_alone = sought.name and sought.birth_date is None
    having = PersonRow.objects.exactly(sought, or_proposed=True)
    people = and_joined(called(sought.name) if by_name_alone else having)
    known = people.filter(id__in=before).values_list("id", flat=True)
    new = people.exclude(id__in=before).values_list("id", flat=True)
    return list(known), list(new[: MOST_HITS + 1])


def _in_quarantine(sought: Key) -> Sequence[UUID]:
    """Name the records of old systems that have a key, one more than are taken."""
    rows = ImportedRow.objects.exactly(sought).values_list("id", flat=True)
    return list(rows[: MOST_HITS + 1])


def _hit(row: RightsRequestRow, person: str) -> RightsFoundRow:
    found = row.found.select_related("person__key").filter(person__reference=person).first()
    if found is None:
        raise _no_piece()
    return found


def _check_day(event: Event, *, today: date) -> None:
    """Refuse to date what this desk does itself: it is done when it is entered."""
    if event.on > today or (event.what in WRITES and event.on != today):
        raise NotInOrder(
            words("What this desk asks or tells is dated today, and an answer not later."),
            do=words("Look at the day again."),
            at="on",
        )


def _check_piece(row: RightsRequestRow, hit: RightsFoundRow, piece: str, *, today: date) -> None:
    if not hit.is_theirs or row.marks.filter(piece=piece).exists():
        raise _no_piece()
    pack = pack_of(hit.person, open_record_key(hit.person.key), row.reference, today=today)
    if piece not in {it.name for it in pack.pieces}:
        raise _no_piece()


def _no_piece() -> NotAPiece:
    return NotAPiece(
        words("This is no piece of a record that was found and is theirs, or it is marked."),
        do=words("Open the request again and choose from what is there."),
    )


def _as_text(sought: Key) -> str:
    born = sought.birth_date.isoformat() if sought.birth_date else ""
    return sought.reference or f"{sought.name}, {born}"
