"""Letters of the rights desk leave: by mail through the worker, or printed and posted."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from evenhand.actions import rights_further, rights_pack_drawing
from evenhand.actions.entering import about
from evenhand.actions.public_mail import hand_over
from evenhand.actions.rights_letters import HANDLE, letter_of
from evenhand.actions.rights_receiving import IN_TIME, LATE, about_request, count
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Code
from evenhand.rules.clocks_events import Happened
from evenhand.rules.disposal_duty import Duty
from evenhand.rules.messages import Message
from evenhand.rules.notice_forms import Enclosure
from evenhand.rules.officers import Acting, check_may
from evenhand.rules.public_rights import RightsKind
from evenhand.rules.rights import CLOCKS, OF_CONTACTS, RightsStanding, due_of
from evenhand.rules.rights_pack_json import from_json
from evenhand.rules.rights_replies import (
    DOES,
    FAULT,
    LetterKind,
    LetterStanding,
    ReplyDoesNotFit,
    RightsOutcome,
    Route,
    check_may_leave,
    last_day_of_granted,
    not_ready,
)
from evenhand.rules.words import words
from evenhand.store.jobs import ask_to_send_rights
from evenhand.store.lawbook import clocks
from evenhand.store.people import PersonRow
from evenhand.store.rights import RightsContactRow, RightsRequestRow
from evenhand.store.rights_basis import given
from evenhand.store.rights_letters import RightsLetterRow
from evenhand.store.schedules import days_at_most
from evenhand.store.sealing import open_record_key, unsealed
from evenhand.store.writing import writing


def send(reference: str, letter: UUID, route: Route, *, acting: Acting) -> None:
    """Send a letter: ask the worker to mail it, or record that it was printed and posted.

    A reply that gives nothing leaves on its day and not before. Raises LettersTellApart.
    """
    check_may(acting.officer, HANDLE)
    with transaction.atomic(savepoint=False):
        row = RightsRequestRow.objects.locked(reference)
        made = letter_of(row, letter)
        _check_may_leave(row, made, today=timezone.localdate(acting.at))
        if made.in_the_post:
            raise not_ready()
        made.route, made.sent_by_id, made.failure = route, acting.officer.ref, None
        if route is Route.POST:
            _left(row, made, acting=acting)
            return
        if not _email_of(row):
            raise ReplyDoesNotFit(
                words("This person gave no e-mail address, or it is kept no longer."),
                do=words("Print the letter and post it."),
                at="route",
            )
        with writing() as pen:
            made.in_the_post = True
            made.save()
            objs, act = (made.id,), Act.RIGHTS_LETTER_ASKED
            pen.enter(about_request(row, act, HANDLE, acting=acting, objs=objs, outcome=route))
        ask_to_send_rights(made.id)


def deliver(letter: UUID, *, last_attempt: bool, acting: Acting) -> None:
    """Hand one letter to the mail server with its packs; then it has left.

    Raises NotAccepted for a failure that may pass, so that the worker tries again.
    """
    with transaction.atomic():
        found = _in_the_post(letter)
        if found is None:
            return
        row, made = found
        refused = hand_over(
            _message(row, made),
            _email_of(row),
            reference=row.reference,
            named=made.id,
            at=acting.at,
            last_attempt=last_attempt,
            enclosed=_packs(made),
        )
        if refused:
            _failed(row, made, refused, acting)
        else:
            _left(row, made, acting=acting)


def give_up(letter: UUID, *, acting: Acting) -> None:
    """Record that a letter could not be sent for a fault of the desk's own."""
    with transaction.atomic():
        found = _in_the_post(letter)
        if found is not None:
            _failed(*found, FAULT, acting)


def _in_the_post(letter: UUID) -> tuple[RightsRequestRow, RightsLetterRow] | None:
    named = RightsLetterRow.objects.filter(id=letter).select_related("request").first()
    if named is None:
        return None
    row = RightsRequestRow.objects.locked(named.request.reference)
    made = letter_of(row, letter)
    return (row, made) if made.in_the_post else None


def _check_may_leave(row: RightsRequestRow, made: RightsLetterRow, *, today: date) -> None:
    began_on = row.as_request().started_on(Happened.IDENTITY_GIVEN, Happened.FEE_PAID)
    outcome = RightsOutcome(made.outcome) if made.outcome else None
    check_may_leave(LetterStanding(made.standing), outcome, began_on=began_on, today=today)


def _message(row: RightsRequestRow, made: RightsLetterRow) -> Message:
    key = open_record_key(row.key)
    return Message(unsealed(made, key, "subject"), unsealed(made, key, "text"))


def _packs(made: RightsLetterRow) -> Sequence[Enclosure]:
    enclosed = []
    for it in made.packs.select_related("person__key").order_by("person__reference"):
        text = unsealed(it, open_record_key(it.person.key), "pack")
        name = f"pack-{it.person.reference}"
        html = rights_pack_drawing.page(from_json(text)).encode()
        enclosed.append(Enclosure(f"{name}.html", "text/html", html))
        enclosed.append(Enclosure(f"{name}.json", "application/json", text.encode()))
    return enclosed


def _email_of(row: RightsRequestRow) -> str:
    contact = RightsContactRow.objects.select_related("key").filter(request=row).first()
    return unsealed(contact, open_record_key(contact.key), "email") if contact else ""


def _failed(row: RightsRequestRow, made: RightsLetterRow, code: str, acting: Acting) -> None:
    with writing() as pen:
        made.in_the_post, made.failure = False, code
        made.save()
        act, objs = Act.RIGHTS_LETTER_FAILED, (made.id,)
        pen.enter(about_request(row, act, None, acting=acting, objs=objs, outcome=Code(code)))


def _left(row: RightsRequestRow, made: RightsLetterRow, *, acting: Acting) -> None:
    """Record that a letter has left; with a reply the request has ended."""
    today = timezone.localdate(acting.at)
    people = given(row) if _erases(row, made) else ()
    with writing() as pen:
        made.standing, made.in_the_post, made.sent_at = LetterStanding.SENT, False, acting.at
        made.save()
        if made.kind == LetterKind.REPLY:
            _close(row, made, today, acting)
        elif made.kind == LetterKind.FURTHER:
            rights_further.given(row, acting=acting)
        objs, act = (made.id,), Act.RIGHTS_LETTER_SENT
        outcome = made.outcome or made.kind
        pen.enter(about_request(row, act, None, acting=acting, objs=objs, outcome=outcome))
    for person in people:
        _to_be_erased(person, timezone.localdate(made.at), acting)


def _erases(row: RightsRequestRow, made: RightsLetterRow) -> bool:
    return row.kind == RightsKind.ERASURE and made.outcome in DOES


def _close(row: RightsRequestRow, made: RightsLetterRow, today: date, acting: Acting) -> None:
    kind = RightsKind(row.kind)
    due = due_of(kind, clocks().rows[CLOCKS[kind]], row.as_request(), settings.CLOCKS.calendar)
    last = due.outer or due.target
    row.standing, row.outcome, row.replied_at = RightsStanding.REPLIED, made.outcome, acting.at
    row.review_on, row.max_on = days_at_most(row.schedule, today)
    row.save()
    contact = row.contact
    contact.last_on = days_at_most(OF_CONTACTS, today)[1]
    contact.save()
    count(kind, LATE if last and today > last else IN_TIME, day=today)


def _to_be_erased(person: PersonRow, written_on: date, acting: Acting) -> None:
    """Have a record go by the day that the letter promised; recipients are told as it goes."""
    today = timezone.localdate(acting.at)
    with writing() as pen:
        row = PersonRow.objects.locked(person.reference)
        row.must_go(Duty.GRANTED, today=today)
        row.max_on = min(row.max_on, last_day_of_granted(written_on, today=today))
        row.review_on = min(row.review_on, row.max_on)
        row.keep()
        pen.enter(about(row, Act.ERASURE_DUE, None, acting=acting, outcome=Duty.GRANTED))
