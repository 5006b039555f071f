"""Disposing of many people in one transaction: each as if alone, and nobody waits between two."""

from collections.abc import Collection, Sequence
from datetime import date

from django.utils import timezone

from evenhand.actions import drafts, repeats, traces
from evenhand.actions.disposal import new_reference, origin
from evenhand.actions.entering import about
from evenhand.ledger.acts import Act
from evenhand.rules.disposal import Reason
from evenhand.rules.officers import Acting
from evenhand.rules.retention import KeepingDecision, decide
from evenhand.store import disposing
from evenhand.store.people import PersonRow
from evenhand.store.records import holds_on_people
from evenhand.store.trips import send
from evenhand.store.writing import writing_together

CERTIFY_EACH = """
SELECT certify_each(%b::bigint[], %b::text[], %b::uuid[], %b::text[], %b::text[], %b::date[],
    %b::date[], %b::bytea[], %s, %s)
"""


def dispose_together(references: Sequence[str], *, acting: Acting) -> Collection[str]:
    """Dispose of people whom nobody released in time; give the references of those who are gone.

    Each has a certificate and an entry of their own, and their own key is destroyed. Who is held,
    or of whom anything was packed for others, stays: they are done alone.
    """
    today = timezone.localdate(acting.at)
    with writing_together() as pens:
        found = _over(disposing.never_packed(references), today)
        if not found:
            return []
        people = [it.id for it in found]
        pens.open(people)
        _certify(found, pens.numbers, acting, today=today)
        disposing.remove_people(people)
        gone = [it.reference for it in found]
        drafts.drop_everyones(*gone)
        repeats.forget(*gone)
        for row in found:
            row.version += 1
        because = Reason.NOT_RELEASED
        pens.enter(
            [about(it, Act.RECORD_DISPOSED, None, acting=acting, outcome=because) for it in found]
        )
    return gone


def _over(people: Sequence[PersonRow], today: date) -> Sequence[PersonRow]:
    """Leave out whom something holds, or whose days have changed. They are locked."""
    holds = holds_on_people([it.id for it in people])
    # Who worked on it matters to who reviews it, and nobody does.
    kept = [(it, it.as_kept(holds[it.id], frozenset())) for it in people]
    destroy = KeepingDecision.DESTROY
    return [it for it, fact in kept if decide(fact, today=today).decision is destroy]


def _certify(
    people: Sequence[PersonRow], numbers: Sequence[int], acting: Acting, *, today: date
) -> None:
    """Write the certificate of each, and leave the trace of each, under their own entries."""
    lines = []
    for row, number in zip(people, numbers, strict=True):
        _kind, system, made_at = origin(row)
        since, trace = timezone.localdate(made_at), traces.left_by(row)
        lines.append(
            (number, new_reference(), row.id, system, row.schedule, since, row.max_on, trace)
        )
    columns = [list(column) for column in zip(*lines, strict=True)]
    send(CERTIFY_EACH, [*columns, today, acting.at])
