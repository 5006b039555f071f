"""The letters about a request of somebody about their data, as the rights desk reads them."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from evenhand.queries.rights_shown import LetterShown
from evenhand.rules.clocks_events import Happened
from evenhand.rules.rights import RightsStanding
from evenhand.rules.rights_replies import (
    LetterKind,
    LetterStanding,
    RightsOutcome,
    Route,
    leaves_on,
)
from evenhand.seal.record import RecordKey
from evenhand.store.rights import RightsRequestRow
from evenhand.store.rights_letters import RightsLetterRow
from evenhand.store.sealing import unsealed


def of(row: RightsRequestRow, key: RecordKey) -> Sequence[LetterShown]:
    """Give the letters about a request, the first at the top."""
    rows = row.letters.select_related("by", "answered_by").prefetch_related("packs__person")
    return [_letter(it, key, began_on(row)) for it in rows.order_by("at", "id")]


def _letter(it: RightsLetterRow, key: RecordKey, began: date) -> LetterShown:
    return LetterShown(
        id=it.id,
        kind=LetterKind(it.kind),
        outcome=RightsOutcome(it.outcome) if it.outcome else None,
        subject=unsealed(it, key, "subject"),
        text=unsealed(it, key, "text"),
        because=unsealed(it, key, "because"),
        not_searched=it.not_searched,
        standing=LetterStanding(it.standing),
        by=it.by.name,
        by_ref=it.by_id,
        at=it.at,
        answered_by=it.answered_by.name if it.answered_by else "",
        answer=unsealed(it, key, "answer"),
        route=Route(it.route) if it.route else None,
        in_the_post=it.in_the_post,
        failure=it.failure or "",
        sent_at=it.sent_at,
        leaves_on=_leaves_on(it, began),
        packs=sorted(pack.person.reference for pack in it.packs.all()),
    )


def to_send_on(row: RightsRequestRow) -> date | None:
    """Give from when a letter may leave that was written and did not, while that has a point."""
    is_open = row.standing == RightsStanding.OPEN
    days = [
        _leaves_on(it, began_on(row)) or timezone.localdate(it.at)
        for it in row.letters.all()
        if it.standing == LetterStanding.APPROVED
        and not it.in_the_post
        and (is_open or it.kind == LetterKind.WITHDRAWAL)
    ]
    return min(days, default=None)


def began_on(row: RightsRequestRow) -> date:
    """Give the day from which the month to answer counts."""
    return row.as_request().started_on(Happened.IDENTITY_GIVEN, Happened.FEE_PAID)


def _leaves_on(it: RightsLetterRow, began: date) -> date | None:
    return leaves_on(began) if it.outcome == RightsOutcome.NOTHING_TO_GIVE else None
