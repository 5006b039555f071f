"""A desk on which all that is counted happened, was undone and disposed of; and its numbers."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

from evenhand.actions import challenges as settling
from evenhand.actions import emergencies
from evenhand.actions.disposal import certify
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.queries import counts
from evenhand.rules.challenges import ChallengeStanding, Settlement
from evenhand.rules.counting import Counted, Month, month_of
from evenhand.rules.disposal import Reason
from evenhand.rules.officers import WORKER
from evenhand.rules.referrals import State
from evenhand.rules.retention import What
from evenhand.rules.triage import EmergencyRecord, EmergencyStep
from evenhand.store.challenges import ChallengeRow
from evenhand.store.disposing import remove
from evenhand.store.referrals import ReferralRow
from evenhand.store.retention import MonthCountRow, TallyRow
from evenhand.store.writing import writing
from tests.builders import ADA, GUS, NOW, OLA
from tests.journeys import Desk, challenged

NOVEMBER = Month(2026, 11)
REJECTED, UPHELD = (
    Settlement(standing=it, reasons="As it was looked at.", told="This is what we found.")
    for it in (ChallengeStanding.REJECTED, ChallengeStanding.UPHELD)
)


def counted(month: Month = NOVEMBER, as_at: date | None = None) -> dict[Counted, int]:
    """Give the numbers of a month that are not nought."""
    found = counts.count(month, officer=OLA, as_at=as_at)
    return {it: n for it, n in found.numbers.items() if n}


def shown(as_at: date | None = None) -> Counter[tuple[Month, Counted]]:
    """Give the numbers of every month."""
    days = MonthCountRow.objects.values_list("month").union(TallyRow.objects.values_list("month"))
    months = {month_of(day) for (day,) in days}
    return Counter(
        {(month, what): n for month in months for what, n in counted(month, as_at).items()}
    )


def _of_an_emergency(desk: Desk, reference: str) -> None:
    done = frozenset({EmergencyStep.CONTROL_ROOM})
    told = EmergencyRecord(done=done, done_at=desk.now, told="The inspector")
    emergencies.record(reference, told, acting=desk.by(ADA))


def disposed_of(desk: Desk, reference: str) -> None:
    """Dispose of a referral as the clock would, once what was challenged of it is settled."""
    for challenge in ChallengeRow.objects.open().filter(referral__reference=reference):
        settling.settle(challenge.id, REJECTED, acting=desk.by(GUS))
    with writing() as pen:
        row = ReferralRow.objects.locked(reference)
        day = desk.now.date()
        certify(row, What.RECORD, Reason.RESTORED, schedule="D01", max_on=day, at=desk.now)
        remove(row)
        pen.enter(Entry(act=Act.RECORD_DISPOSED, at=desk.now, who=WORKER.ref, obj=row.id))


def a_lived_in_desk(after_each: Callable[[], object] = lambda: None) -> None:
    """Have all that is counted happen, over three months, be undone again, and be disposed of."""
    desk = Desk(now=NOW - timedelta(days=75))
    references = []
    for state in [it for it in State if it is not State.NO_RESPONSE] * 2:
        desk.now += timedelta(days=1, hours=13)
        references.append(desk.brought_to(state))
        after_each()
    desk.log("https://www.tiktok.com/@made.up/video/7000000000000000001")
    back = desk.brought_to(State.CHECKED)
    after_each()
    desk.do(back, "reinstated")
    for how in (REJECTED, UPHELD):
        settling.settle(challenged(desk, desk.brought_to(State.CLOSED)), how, acting=desk.by(GUS))
        after_each()
    early, late, twice = desk.log(), *(desk.brought_to(State.TRIAGED) for _ in range(2))
    for reference in (early, early, late, twice, twice):
        desk.now += timedelta(days=9)
        _of_an_emergency(desk, reference)
        after_each()
    for reference in [*references[::3], early, twice]:
        disposed_of(desk, reference)
        after_each()
