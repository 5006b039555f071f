"""Sending recalls until they are acknowledged: by e-mail through the worker, or on paper."""

from datetime import date
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from evenhand.actions.entering import entered
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Code, Entry
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.recalls import (
    RecallStands,
    Why,
    check_may_acknowledge,
    check_may_send,
)
from evenhand.rules.referrals import NotFound
from evenhand.rules.words import words
from evenhand.store.jobs import ask_to_recall
from evenhand.store.recalls import message_of
from evenhand.store.sharing import RecallRow
from evenhand.store.writing import writing
from evenhand.transports import email

BY_MAIL, ON_PAPER, REMINDER = "email", "paper", "reminder"
FAULT = "fault"


def send(recall: UUID, *, acting: Acting) -> None:
    """Ask for a recall to be sent by e-mail, again if it was sent before."""
    check_may(acting.officer, Permission.SHARE)
    with writing() as pen:
        row = _locked(recall)
        check_may_send(row.as_fact())
        _message, to = message_of(row)
        if not to.email:
            raise RecallStands(
                words("The agreement has no e-mail address of this person."),
                do=words("Print the recall, send it by post, and record that."),
            )
        row.in_the_post, row.failure = True, None
        row.save()
        pen.enter(_about(row, Act.RECALL_ASKED, acting, outcome=BY_MAIL))
        ask_to_recall(row.id)


def sent_on_paper(recall: UUID, *, acting: Acting) -> None:
    """Record that a recall was printed and handed over or posted."""
    check_may(acting.officer, Permission.SHARE)
    with writing() as pen:
        row = _locked(recall)
        check_may_send(row.as_fact())
        _note_sent(row, acting)
        pen.enter(_about(row, Act.RECALL_SENT, acting, outcome=ON_PAPER))


def acknowledge(recall: UUID, on: date, *, acting: Acting) -> None:
    """Record that the recipient acknowledged a recall on a day."""
    check_may(acting.officer, Permission.SHARE)
    with writing() as pen:
        row = _locked(recall)
        sent_on = timezone.localdate(row.sent_at) if row.sent_at else None
        check_may_acknowledge(
            row.as_fact(), on=on, sent_on=sent_on, today=timezone.localdate(acting.at)
        )
        row.acknowledged_on, row.acknowledged_at = on, acting.at
        row.save()
        pen.enter(_about(row, Act.RECALL_ACKNOWLEDGED, acting))


def deliver(recall: UUID, *, last_attempt: bool, acting: Acting) -> None:
    """Hand one recall to the mail server, and record that it was accepted or failed for good.

    Raises NotAccepted for a failure that may pass, so that the worker tries again.
    """
    with transaction.atomic():
        row = _locked(recall)
        if not row.in_the_post:
            return
        message, to = message_of(row)
        data = email.compose(
            message,
            desk=settings.DESK.name,
            contact=settings.DESK.contact_email,
            recipient=to.email,
            reference=row.disclosure.reference,
            notice=uuid5(row.id, str(row.reminders)),
            at=acting.at,
        )
        sender, server = settings.DESK.contact_email, settings.SMTP_URL
        try:
            email.hand_over(data, sender=sender, recipient=to.email, server=server)
        except email.NotAccepted as refusal:
            if not (refusal.for_good or last_attempt):
                raise
            _fail(row, refusal.code, acting)
            return
        with writing() as pen:
            outcome = REMINDER if row.sent_at else BY_MAIL
            _note_sent(row, acting)
            pen.enter(_about(row, Act.RECALL_SENT, acting, outcome=outcome))


def give_up(recall: UUID, *, acting: Acting) -> None:
    """Record that a recall could not be sent for a fault of the desk's own, so that it is seen."""
    with transaction.atomic():
        row = _locked(recall)
        if row.in_the_post:
            _fail(row, FAULT, acting)


def _fail(row: RecallRow, failure: str, acting: Acting) -> None:
    with writing() as pen:
        row.in_the_post, row.failure = False, failure
        row.save()
        pen.enter(_about(row, Act.RECALL_FAILED, acting, outcome=failure))


def _note_sent(row: RecallRow, acting: Acting) -> None:
    row.reminders += row.sent_at is not None
    row.sent_at = row.sent_at or acting.at
    row.last_sent_at, row.in_the_post, row.failure = acting.at, False, None
    if row.why == Why.LIFTED:
        row.ended_at = acting.at  # nobody has to answer
    row.save()


def _locked(recall: UUID) -> RecallRow:
    rows = RecallRow.objects.select_for_update(of=("self",)).select_related(
        "disclosure__agreement__key", "disclosure__agreement__recipient"
    )
    row = rows.filter(id=recall).first()
    if row is None:
        raise NotFound(words("There is no such recall."), do=words("Look at the open recalls."))
    return row


def _about(row: RecallRow, act: Act, acting: Acting, *, outcome: str | None = None) -> Entry:
    disclosure = row.disclosure
    return entered(
        act,
        Permission.SHARE,
        acting=acting,
        obj=row.id,
        why=Code(row.why),
        outcome=Code(outcome) if outcome else None,
        recipient=Code(disclosure.agreement.recipient.code),
        to=disclosure.recipient_person,
        objs=(disclosure.id,),
    )
