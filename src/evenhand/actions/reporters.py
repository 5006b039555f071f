"""Telling reporters what became of their reports: once, by e-mail, and then they are forgotten.

Only the worker acts here. No officer ever learns how a reporter is reached.
"""

from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from evenhand.actions import vaults
from evenhand.actions.public_mail import hand_over
from evenhand.actions.public_reports import count
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Code, Entry
from evenhand.rules.messages import Message
from evenhand.rules.officers import Acting
from evenhand.rules.public_letters import reporter_letter
from evenhand.rules.public_reports import Became, ReportCount, ReportStanding, became
from evenhand.store.days import day_in_words
from evenhand.store.jobs import ask_to_tell_reporter
from evenhand.store.lawbook import signposts
from evenhand.store.public_reports import ReporterContactRow
from evenhand.store.sealing import open_record_key, unsealed
from evenhand.store.writing import writing

MOST_AT_ONCE = 100
REFERENCE = "reports"
"""What follows the desk's own name in the address that answers go to: the same for everybody."""
FAULT = "fault"


def ask_to_tell(*, acting: Acting) -> int:
    """Ask the worker to write to those of whom it is time; give how many were not asked for yet."""
    today = timezone.localdate(acting.at)
    due = ReporterContactRow.objects.to_tell(today).values_list("id", flat=True)
    return sum(map(ask_to_tell_reporter, due[:MOST_AT_ONCE]))


def deliver(contact: UUID, *, last_attempt: bool, acting: Acting) -> None:
    """Tell one reporter what became of the report, and forget them; or forget them untold.

    Raises NotAccepted for a failure that may pass, so that the worker tries again.
    """
    with transaction.atomic():
        row = ReporterContactRow.objects.locked(contact)
        told = _to_be_told(row, acting) if row else None
        if row is None or told is None:
            return
        to, named = unsealed(row, open_record_key(row.key), "email"), uuid5(row.id, told)
        refused = hand_over(
            _letter(row, told),
            to,
            reference=REFERENCE,
            named=named,
            at=acting.at,
            last_attempt=last_attempt,
        )
        if refused:
            _enter(row, Act.REPORTER_NOT_TOLD, ReportCount.NOT_TOLD, refused, acting)
        else:
            _enter(row, Act.REPORTER_TOLD, ReportCount.TOLD, told, acting)
        forget(row, acting=acting)


def give_up(contact: UUID, *, acting: Acting) -> None:
    """Forget a reporter who could not be told for a fault of the desk's own, and count it."""
    with transaction.atomic():
        row = ReporterContactRow.objects.locked(contact)
        if row is not None:
            _enter(row, Act.REPORTER_NOT_TOLD, ReportCount.NOT_TOLD, FAULT, acting)
            forget(row, acting=acting)


def forget(row: ReporterContactRow, *, acting: Acting) -> None:
    """Erase how a reporter is reached, with its key, in an entry of its own."""
    vaults.forget(ReporterContactRow.objects, row.id, Act.REPORTER_FORGOTTEN, acting=acting)


def _to_be_told(row: ReporterContactRow, acting: Acting) -> Became | None:
    today = timezone.localdate(acting.at)
    has_ended = ReporterContactRow.objects.settled().filter(id=row.id).exists()
    standing = ReportStanding(row.report.standing)
    return became(standing, has_ended=has_ended, is_last_day=row.last_on <= today)


def _letter(row: ReporterContactRow, told: Became) -> Message:
    """Write the letter in the language of the page that the report was made on."""
    signpost = signposts().get(row.report.signpost or "")
    with translation.override(row.language):
        return reporter_letter(
            told,
            tell=signpost.tell if signpost else "",
            reported_on=day_in_words(row.day),
            desk=settings.DESK.name,
            contact=settings.DESK.contact_email,
            said=gettext,
        )


def _enter(
    row: ReporterContactRow, act: Act, what: ReportCount, outcome: str, acting: Acting
) -> None:
    with writing() as pen:
        count(what, at=acting.at)
        pen.enter(
            Entry(
                act=act,
                at=acting.at,
                who=acting.officer.ref,
                obj=row.report_id,
                outcome=Code(outcome),
            )
        )
