"""Telling two records apart or joining them: one pair at a time, by two officers, undoable."""

from dataclasses import replace
from uuid import UUID

from evenhand.actions.entering import about, committed
from evenhand.ledger.acts import Act
from evenhand.rules.assurance import check_people_open
from evenhand.rules.combinations import (
    CombinationStanding,
    check_may_join,
    check_may_refuse,
    check_may_undo,
    check_pair,
)
from evenhand.rules.notification import check_can_be_used
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.people import (
    PersonStanding,
    check_own_request,
    check_second_officer,
)
from evenhand.rules.texts import check_reason
from evenhand.store.assurance import assured
from evenhand.store.combinations import (
    CombinationRow,
    are_one,
    lock_both,
    locked_pair,
)
from evenhand.store.people import PersonRow
from evenhand.store.sealing import open_record_key, seal_into
from evenhand.store.writing import Pen, writing

_C = CombinationStanding


def tell_apart(reference: str, other: str, reason: str, *, acting: Acting) -> None:
    """Record that two records of the same name and birth date are two people."""
    _decide(reference, other, reason, _C.APART, acting)


def propose(reference: str, other: str, reason: str, *, acting: Acting) -> UUID:
    """Propose that two records are one person’s; another officer joins them. Give the proposal."""
    return _decide(reference, other, reason, _C.PROPOSED, acting)


def join(ref: UUID, reason: str, *, acting: Acting) -> None:
    """Join two records as one person’s, as the second officer."""
    _check(reason, acting)
    with writing() as pen:
        row = locked_pair(ref)
        check_may_join(row.as_fact(), PersonStanding(row.first.standing))
        check_pair(
            PersonStanding(row.first.standing),
            PersonStanding(row.second.standing),
            is_itself=False,
            are_one=are_one(row.first, row.second),
        )
        _check_can_be_used(row.first, row.second)
        check_second_officer(row.asked(), acting.officer, now=acting.at)
        _answer(row, _C.JOINED, reason, acting)
        _enter(row, Act.PEOPLE_JOINED, reason, pen, acting)


def refuse(ref: UUID, reason: str, *, acting: Acting) -> None:
    """Refuse to join two records, as the second officer."""
    _check(reason, acting)
    with writing() as pen:
        row = locked_pair(ref)
        check_may_refuse(row.as_fact())
        check_own_request(row.asked(), acting.officer)
        _answer(row, _C.REFUSED, reason, acting)
        _enter(row, Act.JOINING_REFUSED, reason, pen, acting)


def undo(ref: UUID, reason: str, *, acting: Acting) -> None:
    """Take two records apart again, within 28 days."""
    _check(reason, acting)
    with writing() as pen:
        row = locked_pair(ref)
        check_may_undo(row.as_fact(), now=acting.at)
        row.standing = _C.UNDONE
        row.undone_by_id, row.undone_at = acting.officer.ref, acting.at
        seal_into(row, open_record_key(row.first.key), undone_because=reason)
        row.save()
        _enter(row, Act.PEOPLE_TAKEN_APART, reason, pen, acting)


def _check(reason: str, acting: Acting) -> None:
    check_may(acting.officer, Permission.JOIN_PEOPLE)
    check_people_open(assured())
    check_reason(reason)


def _decide(
    reference: str, other: str, reason: str, standing: CombinationStanding, acting: Acting
) -> UUID:
    _check(reason, acting)
    with writing() as pen:
        first, second = lock_both(reference, other)
        check_pair(
            PersonStanding(first.standing),
            PersonStanding(second.standing),
            is_itself=first.id == second.id,
            are_one=are_one(first, second),
        )
        if standing is _C.PROPOSED:
            _check_can_be_used(first, second)
        row = CombinationRow(
            first=first,
            second=second,
            standing=standing,
            decided_by_id=acting.officer.ref,
            decided_at=acting.at,
        )
        seal_into(row, open_record_key(first.key), reason=reason)
        row.save(force_insert=True)
        act = Act.PEOPLE_TOLD_APART if standing is _C.APART else Act.JOINING_PROPOSED
        _enter(row, act, reason, pen, acting)
        return row.id


def _check_can_be_used(*rows: PersonRow) -> None:
    """Refuse to join a record of which nobody decided whether the person is told. E-NOT-33.

    To tell it apart uses nothing of it, and keeps a colleague’s record from being taken for it.
    """
    for row in rows:
        check_can_be_used(row.restricted_because)


def _answer(
    row: CombinationRow, standing: CombinationStanding, reason: str, acting: Acting
) -> None:
    row.standing = standing
    row.answered_by_id, row.answered_at = acting.officer.ref, acting.at
    seal_into(row, open_record_key(row.first.key), answer=reason)
    row.save()


def _enter(row: CombinationRow, act: Act, reason: str, pen: Pen, acting: Acting) -> None:
    """Enter it as an act on the first record that names the second one too."""
    row.first.keep()
    reason_of = committed(open_record_key(row.first.key), reason)
    entry = about(row.first, act, Permission.JOIN_PEOPLE, acting=acting, reason=reason_of)
    pen.enter(replace(entry, objs=(row.second_id,)))
