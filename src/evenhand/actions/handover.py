"""Handing referrals over: one, several at once, or to oneself."""

from collections.abc import Sequence

from django.db import transaction

from evenhand.actions.entering import about, committed
from evenhand.ledger.acts import Act
from evenhand.rules.handover import OPEN, CannotWorkOnIt, check_count, check_may_hand_over
from evenhand.rules.officers import WORKER, Acting, Officer, OfficerRef, Permission, check_may
from evenhand.rules.referrals import State, check_version
from evenhand.rules.texts import SHORT, check_given, check_reason
from evenhand.rules.words import words
from evenhand.store.casework import HandoverRow
from evenhand.store.officers import OfficerRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import open_record_key, seal_into
from evenhand.store.writing import writing


def hand_over(
    reference: str, to: str, reason: str, *, seen_version: int | None = None, acting: Acting
) -> None:
    """Give a referral into the hands of the colleague with this user name, or of oneself."""
    check_may(acting.officer, Permission.HAND_OVER)
    check_reason(reason)
    with transaction.atomic():
        check_version(ReferralRow.objects.locked(reference).as_fact(), seen_version)
        give(reference, colleague_named(to), reason, acting=acting)


def hand_over_several(references: Sequence[str], to: str, reason: str, *, acting: Acting) -> int:
    """Hand several referrals over for one reason, all of them or none; each has its own entry."""
    check_may(acting.officer, Permission.HAND_OVER)
    check_reason(reason)
    chosen = sorted(set(references))
    check_count(len(chosen))
    with transaction.atomic():
        receiver = colleague_named(to)
        for reference in chosen:
            give(reference, receiver, reason, acting=acting)
    return len(chosen)


def give(reference: str, receiver: Officer, reason: str, *, acting: Acting) -> None:
    """Give one referral into another officer’s hands, as part of an act that was allowed."""
    with writing() as pen:
        row = ReferralRow.objects.locked(reference)
        owner = OfficerRef(row.owner_id)
        check_may_hand_over(row.reference, State(row.state), owner, receiver=receiver)
        key = open_record_key(row.key)
        row.owner_id = receiver.ref
        row.keep()
        step = HandoverRow(
            referral=row,
            by_id=None if acting.officer == WORKER else acting.officer.ref,
            at=acting.at,
            earlier_owner_id=owner,
            new_owner_id=receiver.ref,
        )
        seal_into(step, key, reason=reason)
        step.save(force_insert=True)
        pen.enter(
            about(
                row,
                Act.REFERRAL_HANDED_OVER,
                Permission.HAND_OVER,
                acting=acting,
                reason=committed(key, reason),
            )
        )


def open_referrals_of(owner: OfficerRef) -> list[str]:
    """Name the referrals that wait for an officer, in the order of logging."""
    rows = ReferralRow.objects.filter(owner=owner, state__in=sorted(OPEN)).order_by("number")
    return list(rows.values_list("reference", flat=True))


def colleague_named(username: str, *, at: str = "officer") -> Officer:
    """Give the officer with this user name. Raises CannotWorkOnIt where nobody here has it."""
    check_given(username, at=at, most=SHORT)
    known = OfficerRow.objects.filter(account__username=username, retired_at__isnull=True)
    row = known.first()
    if row is None:
        raise CannotWorkOnIt(
            words("No officer of this desk has this user name."),
            do=words("Choose a colleague from the list."),
            at=at,
        )
    return row.as_fact()
