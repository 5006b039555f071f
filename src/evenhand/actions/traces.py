"""Knowing for 12 months by a keyed hash who was disposed of, and then forgetting it. A24."""

from datetime import date

from django.utils import timezone

from evenhand.actions.forgetting import forget
from evenhand.actions.people_storing import Identity
from evenhand.ledger.acts import Act
from evenhand.rules.disposal import check_fresh_case, last_day_forgotten
from evenhand.rules.officers import Acting
from evenhand.seal.keys import KeyUnusable
from evenhand.seal.record import SealBroken
from evenhand.store.people import PersonRow, trace_of
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import open_record_key, unsealed
from evenhand.store.traces import TraceRow


def leave(row: PersonRow, day: date) -> None:
    """Leave a trace of whom a record is of that goes, where it names them wholly. Needs the pen."""
    trace = left_by(row)
    if trace is not None:
        TraceRow(trace=trace, day=day).save(force_insert=True)


def left_by(row: PersonRow) -> bytes | None:
    """Give the trace that a record leaves, if it names somebody wholly.

    What cannot be opened any more leaves none: a damaged record is disposed of like any other.
    """
    try:
        key = open_record_key(row.key)
        return trace_of(unsealed(row, key, "name"), row.age(key).birth_date)
    except (KeyUnusable, SealBroken):
        return None


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
    last = last_day_forgotten(timezone.localdate(acting.at))
    return forget(TraceRow.objects.filter(day__lte=last), Act.TRACES_FORGOTTEN, acting=acting)
