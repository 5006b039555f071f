"""What the worker does every day with what is kept: dates it, closes it, lets it go. A28."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import partial
from itertools import islice
from typing import Any

from django.db import IntegrityError, ProgrammingError, transaction
from django.db.models import Q
from django.utils import timezone

from evenhand.actions import people, people_roles, sharing
from evenhand.actions.closing import close
from evenhand.actions.disposal import dispose, locked_to_go
from evenhand.actions.disposal_together import dispose_together
from evenhand.actions.entering import about
from evenhand.ledger.acts import Act
from evenhand.rules.assurance import is_policy_gone
from evenhand.rules.combinations import ON_RECORD
from evenhand.rules.disposal import Reason, RestsOnIt
from evenhand.rules.disposal_duty import Duty
from evenhand.rules.handover import ENDED
from evenhand.rules.holds import HoldKind
from evenhand.rules.officers import Acting
from evenhand.rules.people import BOTH_WITHIN, PersonStanding
from evenhand.rules.recalls import RecallsWait
from evenhand.rules.referrals import NotFound
from evenhand.rules.retention import RELEASE_DAYS, Closed, KeepingDecision, decide, is_late
from evenhand.store.assurance import assured
from evenhand.store.people import PersonRow
from evenhand.store.records import TABLES, Record, Table, held, kept, locked, of, references
from evenhand.store.referrals import ReferralRow
from evenhand.store.retention import HoldRow, RetentionRunRow
from evenhand.store.writing import writing

# Which records of each table are open to casework, and may be closed.
OPEN: Mapping[Table, Q] = {
    ReferralRow: Q(schedule__isnull=False, restricted__isnull=True),
    PersonRow: Q(standing=PersonStanding.HELD),
}

REFUSALS = (IntegrityError, ProgrammingError)
"""What a constraint or a trigger of the database says no with."""
AT_ONCE = 1_000
"""So many people are disposed of in one transaction."""


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
    closed; what nobody released within 14 days of its last day is destroyed, unless it is held; and
    so is what was asked for about a person and answered by no second officer in time. A hold wins.
    Whoever's basis has expired, or is on record once the policy document is gone, is to be erased.
    """
    today = timezone.localdate(acting.at)
    evidence = HoldRow.objects.standing(today).filter(kind=HoldKind.EVIDENCE)
    last = today - timedelta(days=RELEASE_DAYS)
    each = Each(acting)
    dated = each.of(ReferralRow, Q(state__in=sorted(ENDED), schedule__isnull=True), _date)
    unheld_people = ~held(PersonRow, today)
    asked = _unanswered(acting) & unheld_people
    destroyed = each.of(PersonRow, asked, people.refuse_unanswered)
    asked = _role_unanswered(acting) & unheld_people
    each.of(PersonRow, asked, people_roles.refuse_unanswered)
    restricted = waiting = 0
    for table in TABLES:
        # One after the other: what is one or the other is found by no index.
        for closes in (Q(review_on__lt=today), Q(id__in=of(table, evidence))):
            restricted += each.of(table, OPEN[table] & closes, _restrict)
        unheld = ~held(table, today)
        over = Q(max_on__lt=last) & unheld
        if table is PersonRow:
            destroyed += _together(over, acting)
        destroyed += each.of(table, over, _destroy, locked_to_go)
        waiting += table.objects.filter(Q(max_on__lte=today) & unheld).count()
    _find_duties(each)
    found = Ran(dated=dated, restricted=restricted, destroyed=destroyed, waiting=waiting)
    RetentionRunRow.objects.update_or_create(id=1, defaults={"ran_at": acting.at, **asdict(found)})
    each.tell()
    return found


def _unanswered(acting: Acting) -> Q:
    return Q(standing=PersonStanding.PROPOSED, proposed_at__lt=acting.at - BOTH_WITHIN)


def _role_unanswered(acting: Acting) -> Q:
    return Q(
        standing__in=sorted(ON_RECORD),
        links__authorised_at__isnull=True,
        links__ended_at__isnull=True,
        links__at__lt=acting.at - BOTH_WITHIN,
    )


@dataclass
class Each:
    """Does something with each of many records, one transaction each."""

    acting: Acting
    refused: Exception | None = None

    def of(
        self,
        table: Table,
        which: Q,
        act: Callable[[Any, Acting], bool],
        find: Callable[[str], Record] = locked,
    ) -> int:
        """Do it with each of these, which ``find`` locks; say with how many.

        One that the database refuses leaves the others undisturbed, and so does one that is gone
        since it was listed.
        """
        done = 0
        for reference in references(table, which):
            try:
                with transaction.atomic():
                    done += act(find(reference), self.acting)
            except NotFound:
                continue
            except REFUSALS as error:
                self.refused = self.refused or error
        return done

    def tell(self) -> None:
        """Raise what the database refused first, once all the others are done."""
        if self.refused:
            raise self.refused


def _together(which: Q, acting: Acting) -> int:
    """Dispose of people, many in one transaction; say of how many. Who is left is done alone."""
    done, rest = 0, references(PersonRow, which)
    while some := list(islice(rest, AT_ONCE)):
        # One that the database refuses leaves all of these to be done alone.
        with suppress(*REFUSALS), transaction.atomic():
            done += len(dispose_together(some, acting=acting))
    return done


def _find_duties(each: Each) -> None:
    """Find whose record is to be erased although nobody asked. A25."""
    today = timezone.localdate(each.acting.at)
    on_record = Q(standing__in=sorted(ON_RECORD), erase_because__isnull=True)
    each.of(PersonRow, on_record & Q(max_on__lte=today), partial(_must_go, Duty.BASIS_EXPIRED))
    if is_policy_gone(assured(), today=today):
        declinable = Q(standing__in=sorted(ON_RECORD), erase_because=Duty.REVIEW_FAILED)
        each.of(PersonRow, on_record | declinable, partial(_must_go, Duty.POLICY_LAPSED))


def _must_go(duty: Duty, row: PersonRow, acting: Acting) -> bool:
    with writing() as pen:
        row.must_go(duty, today=timezone.localdate(acting.at))
        row.keep()
        pen.enter(about(row, Act.ERASURE_DUE, None, acting=acting, outcome=duty))
    return True


def _date(row: ReferralRow, acting: Acting) -> bool:
    """Date a record from the day on which it ended."""
    with writing() as pen:
        row.set_dates(timezone.localdate(row.state_since))
        row.keep()
        pen.enter(about(row, Act.RECORD_DATED, None, acting=acting))
    return True


def _restrict(row: Record, acting: Acting) -> bool:
    found, today = kept(row), timezone.localdate(acting.at)
    is_late_now = is_late(found.dates.review_on, today=today)
    with writing() as pen:
        why = Closed.LATE if is_late_now else Closed.EVIDENCE
        close(row, why, pen, acting=acting)
        row.keep()
        pen.enter(about(row, Act.RECORD_RESTRICTED, None, acting=acting, outcome=why))
    return True


def _destroy(row: Record, acting: Acting) -> bool:
    """Dispose of what nobody released in time. It protects, so nobody's decision is needed. A46."""
    if (
        decide(kept(row), today=timezone.localdate(acting.at)).decision
        is not KeepingDecision.DESTROY
    ):
        return False
    try:
        if isinstance(row, PersonRow):
            sharing.recall_to_erase(row.id, acting=acting)
        with writing() as pen:
            dispose(row, Reason.NOT_RELEASED, proposed_by=None, pen=pen, acting=acting)
    except (RestsOnIt, RecallsWait):
        return False
    return True
