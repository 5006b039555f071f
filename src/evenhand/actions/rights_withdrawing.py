"""Whoever asked about their data withdraws it: the clock and the hold end, and a letter says so."""

from uuid import UUID

from django.utils import timezone

from evenhand.actions.entering import committed
from evenhand.actions.rights import HANDLE, opened
from evenhand.actions.rights_letters import write_notice
from evenhand.actions.rights_receiving import about_request, count
from evenhand.ledger.acts import Act
from evenhand.rules.officers import Acting, check_may
from evenhand.rules.public_rights import RightsKind
from evenhand.rules.rights import OF_CONTACTS, RightsStanding
from evenhand.rules.rights_replies import LetterKind
from evenhand.rules.texts import check_reason
from evenhand.store.schedules import days_at_most
from evenhand.store.sealing import open_record_key, seal_into
from evenhand.store.writing import writing

WITHDRAWN = "withdrawn"


def withdraw(reference: str, told: str, *, acting: Acting) -> UUID:
    """Record that whoever asked withdrew a request, and how they told it; give the letter.

    What was found is held no longer. Raises Answered, LetterNotReady where a reply waits.
    """
    check_may(acting.officer, HANDLE)
    check_reason(told)
    today = timezone.localdate(acting.at)
    with writing() as pen:
        row = opened(reference)
        letter = write_notice(row, LetterKind.WITHDRAWAL, "", acting=acting)
        key = open_record_key(row.key)
        row.standing, row.withdrawn_at = RightsStanding.WITHDRAWN, acting.at
        row.review_on, row.max_on = days_at_most(row.schedule, today)
        seal_into(row, key, told=told)
        row.save()
        contact = row.contact
        contact.last_on = days_at_most(OF_CONTACTS, today)[1]
        contact.save()
        count(RightsKind(row.kind), WITHDRAWN, day=today)
        objs, said = (letter,), committed(key, told)
        act = Act.RIGHTS_WITHDRAWN
        pen.enter(about_request(row, act, HANDLE, acting=acting, objs=objs, reason=said))
    return letter
