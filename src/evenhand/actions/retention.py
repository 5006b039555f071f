"""What the worker does every day with what is kept: dates it, closes it, lets it go. A28."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from evenhand.actions.disposal import dispose, kept_of
from evenhand.actions.entering import about
from evenhand.ledger.acts import Act
from evenhand.rules.disposal import Reason
from evenhand.rules.handover import ENDED
from evenhand.rules.holds import HoldKind
from evenhand.rules.officers import Acting
from evenhand.rules.retention import RELEASE_DAYS, Decision, RestrictedBecause, decide
from evenhand.store.referrals import ReferralRow
from evenhand.store.retention import HoldRow, RetentionRunRow
from evenhand.store.writing import writing

BATCH = 500


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run did: how many records it dated, closed and destroyed, and how many wait."""

    dated: int
    restricted: int
    destroyed: int
    waiting: int


def run(*, acting: Acting) -> Ran:
    """Look what is due today, and do what needs nobody's decision. Each record has its entry.

    What ended before this desk had a schedule gets its days; what was not reviewed in time is
    closed; what nobody released within 14 days of its last day is destroyed, unless it is held.
    """
    today = timezone.localdate(acting.at)
    ended, standing = Q(state__in=sorted(ENDED)), HoldRow.objects.standing(today)
    held = Exists(standing.filter(referral=OuterRef("id")))
    evidence = Exists(standing.filter(referral=OuterRef("id"), kind=HoldKind.EVIDENCE))
    late = Q(review_on__lt=today) | evidence
    last = today - timedelta(days=RELEASE_DAYS)
    found = Ran(
        dated=_each(ended & Q(schedule__isnull=True), _date, acting),
        restricted=_each(ended & Q(restricted__isnull=True) & late, _restrict, acting),
        destroyed=_each(Q(max_on__lt=last) & ~held, _destroy, acting),
        waiting=ReferralRow.objects.filter(Q(max_on__lte=today) & ~held).count(),
    )
    RetentionRunRow.objects.update_or_create(
        id=1,
        defaults={
            "ran_at": acting.at,
            "dated": found.dated,
            "restricted": found.restricted,
            "destroyed": found.destroyed,
            "waiting": found.waiting,
        },
    )
    return found


def _each(which: Q, act: Callable[[ReferralRow, Acting], bool], acting: Acting) -> int:
    """Do something with each of these records, one transaction each; say with how many."""
    done = 0
    for reference in _references(which):
        with transaction.atomic():
            done += act(ReferralRow.objects.locked(reference), acting)
    return done


def _references(which: Q) -> Iterable[str]:
    after = 0
    while batch := list(
        ReferralRow.objects.filter(which, number__gt=after)
        .order_by("number")
        .values_list("number", "reference")[:BATCH]
    ):
        after = batch[-1][0]
        yield from (reference for _number, reference in batch)


def _date(row: ReferralRow, acting: Acting) -> bool:
    """Date a record from the day on which it ended."""
    with writing() as pen:
        row.set_dates(timezone.localdate(row.state_since))
        row.keep()
        pen.enter(about(row, Act.RECORD_DATED, None, acting=acting))
    return True


def _restrict(row: ReferralRow, acting: Acting) -> bool:
    with writing() as pen:
        row.restricted = _why(row, timezone.localdate(acting.at))
        row.keep()
        why = str(row.restricted)
        pen.enter(about(row, Act.RECORD_RESTRICTED, None, acting=acting, outcome=why))
    return True


def _why(row: ReferralRow, today: date) -> RestrictedBecause:
    if row.review_on is not None and row.review_on < today:
        return RestrictedBecause.LATE
    return RestrictedBecause.EVIDENCE


def _destroy(row: ReferralRow, acting: Acting) -> bool:
    """Dispose of what nobody released in time. It protects, so nobody's decision is needed. A46."""
    if decide(kept_of(row), today=timezone.localdate(acting.at)).decision is not Decision.DESTROY:
        return False
    with writing() as pen:
        dispose(row, Reason.NOT_RELEASED, proposed_by=None, pen=pen, acting=acting)
    return True
