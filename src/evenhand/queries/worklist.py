"""What waits for an officer, oldest first, and why. A fixed number of bounded queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.db.models import Q, QuerySet

from evenhand.queries import consultations
from evenhand.queries.referrals import PAGE, ReferralLine, page
from evenhand.rules.officers import Acting, Officer, OfficerRef, Permission, Role, check_may, may
from evenhand.rules.referrals import State
from evenhand.store.officers import OfficerRow
from evenhand.store.referrals import ReferralRow


class Waiting(StrEnum):
    """Why a referral waits for this officer."""

    EMERGENCY = "emergency"
    FOR_APPROVAL = "for_approval"
    RETURNED = "returned"
    TO_TRIAGE = "to_triage"
    TO_ASSESS = "to_assess"
    TO_SEND = "to_send"
    UNDELIVERABLE = "undeliverable"
    TO_CHASE = "to_chase"
    TO_CHECK = "to_check"
    TO_CLOSE = "to_close"


@dataclass(frozen=True, slots=True)
class Pile:
    """The oldest referrals that wait for one reason; ``more`` says that there are others."""

    why: Waiting
    lines: Sequence[ReferralLine]
    more: bool


STATES = {
    Waiting.RETURNED: [State.RETURNED],
    Waiting.TO_TRIAGE: [State.LOGGED],
    Waiting.TO_ASSESS: [State.TRIAGED, State.ASSESSING, State.REOPENED],
    Waiting.TO_SEND: [State.APPROVED],
    Waiting.UNDELIVERABLE: [State.UNDELIVERABLE],
    Waiting.TO_CHECK: [State.DECIDED],
    Waiting.TO_CLOSE: [State.CHECKED, State.NO_RESPONSE],
}


def waiting_for(*, covering: Sequence[OfficerRef] = (), acting: Acting) -> list[Pile]:
    """Give the piles of work that wait for this officer, empty ones left out.

    ``covering``: the colleagues for whom they stand in. The look is in the log before it is given.
    """
    officer, now = acting.officer, acting.at
    check_may(officer, Permission.LIST_REFERRALS)
    piles = []
    if may(officer, Permission.TRIAGE):
        # Everyone's: whoever sees it first makes sure that somebody was told.
        rows = ReferralRow.objects.filter(emergency_since__isnull=False)
        piles.append(_pile(Waiting.EMERGENCY, rows, officer))
    if may(officer, Permission.DECIDE):
        piles.append(_pile(Waiting.FOR_APPROVAL, _approvable(officer), officer))
    if may(officer, Permission.ASSESS):
        # Nobody's work is lost when somebody leaves: it waits for everyone.
        gone = OfficerRow.objects.filter(retired_at__isnull=False).values_list("id", flat=True)
        mine = Q(owner__in=[officer.ref, *covering, *gone])
        for why, states in STATES.items():
            rows = ReferralRow.objects.filter(mine, state__in=states, in_the_post=False)
            piles.append(_pile(why, rows, officer))
        piles.append(_pile(Waiting.TO_CHASE, _to_chase(now).filter(mine), officer))
    shown = [line.record for pile in piles for line in pile.lines]
    consultations.at_several(shown, Permission.LIST_REFERRALS, acting=acting)
    return [pile for pile in piles if pile.lines]


def _approvable(officer: Officer) -> QuerySet[ReferralRow]:
    rows = ReferralRow.objects.filter(state=State.AWAITING_APPROVAL).exclude(
        Q(logged_by=officer.ref) | Q(assessors__contains=[officer.ref])
    )
    if Role.SENIOR_APPROVER not in officer.roles:
        rows = rows.filter(terms_only=False)
    if Role.CHILD_APPROVER not in officer.roles:
        rows = rows.filter(child=False)
    return rows


def _to_chase(now: datetime) -> QuerySet[ReferralRow]:
    return ReferralRow.objects.filter(
        state__in=[State.SENT, State.ACKNOWLEDGED],
        due_at__lte=now,
        chases__lt=settings.DESK.chases_before_silence,
    )


def _pile(why: Waiting, rows: QuerySet[ReferralRow], officer: Officer) -> Pile:
    oldest = rows.select_related("key").order_by("state_since", "number")[: PAGE + 1]
    found = page(list(oldest), officer=officer)
    return Pile(why, found.lines, more=found.next is not None)
