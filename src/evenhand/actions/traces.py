"""Knowing for 12 months by a keyed hash who was disposed of, and then forgetting it. A24."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from evenhand.actions.people_storing import Identity
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.rules.disposal import check_fresh_case, last_day_forgotten
from evenhand.rules.officers import Acting
from evenhand.seal.keys import KeyUnusable
from evenhand.seal.record import SealBroken
from evenhand.store.people import PersonRow, trace_of
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import open_record_key, unsealed
from evenhand.store.traces import TraceRow
from evenhand.store.writing import writing

BATCH = 500


def leave(row: PersonRow, day: date) -> None:
    """Leave a trace of whom a record is of that goes, where it names them wholly. Needs the pen.

    What cannot be opened any more leaves none: a damaged record is disposed of like any other.
    """
    try:
        key = open_record_key(row.key)
        trace = trace_of(unsealed(row, key, "name"), row.age(key).birth_date)
    except (KeyUnusable, SealBroken):
        return
    if trace is not None:
        TraceRow(trace=trace, day=day).save(force_insert=True)


def check(row: PersonRow, through: ReferralRow, *, today: date) -> None:
    """Refuse a proposal of whom was disposed of lately, unless it is through a fresh case."""
    disposed_on = TraceRow.objects.last_day_of(row.trace, today=today)
    check_fresh_case(disposed_on, logged_on=timezone.localdate(through.logged_at))


def check_corrected(row: PersonRow, identity: Identity, *, today: date) -> None:
    """Refuse to correct a record into whom was disposed of before it was made. A24.

    Else a slip at first would bring them back through an old case.
    """
    trace = trace_of(identity.name, identity.age.birth_date)
    disposed_on = TraceRow.objects.last_day_of(trace, today=today)
    if disposed_on is not None and disposed_on <= timezone.localdate(row.proposed_at):
        newest = row.links.filter(ended_at__isnull=True).latest("referral__logged_at")
        check_fresh_case(disposed_on, logged_on=timezone.localdate(newest.referral.logged_at))


def forget_old(*, acting: Acting) -> int:
    """Delete every trace that is past its time; give how many. Each batch has its own entry."""
    forgotten = 0
    while batch := _forget_batch(timezone.localdate(acting.at), acting):
        forgotten += batch
    return forgotten


@transaction.atomic
def _forget_batch(today: date, acting: Acting) -> int:
    old = TraceRow.objects.filter(day__lte=last_day_forgotten(today)).order_by("day")
    ids = list(old.values_list("id", flat=True)[:BATCH])
    if ids:
        with writing() as pen:
            TraceRow.objects.filter(id__in=ids).delete()
            pen.enter(Entry(act=Act.TRACES_FORGOTTEN, at=acting.at, who=acting.officer.ref))
    return len(ids)
