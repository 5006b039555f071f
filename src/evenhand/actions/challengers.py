"""Telling challengers that it is settled: once, by e-mail, and then they are forgotten.

Only the worker acts here. No officer ever learns how a challenger is reached.
"""

from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from evenhand.actions import vaults
from evenhand.actions.public_mail import hand_over
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Code, Entry
from evenhand.rules.challenges import ChallengeBecame, became
from evenhand.rules.messages import Message
from evenhand.rules.officers import Acting
from evenhand.rules.public_letters import challenger_letter
from evenhand.store.challengers import ChallengerContactRow, standing_of
from evenhand.store.jobs import ask_to_tell_challenger
from evenhand.store.public_reports import OF_REPORTERS
from evenhand.store.schedules import days_at_most
from evenhand.store.sealing import new_record_key, open_record_key, seal_into, unsealed
from evenhand.store.writing import writing

MOST_AT_ONCE = 100
REFERENCE = "challenges"
"""What follows the desk's own name in the address that answers go to: the same for everybody."""
FAULT = "fault"


def keep(challenge: UUID, email: str, language: str, *, acting: Acting) -> None:
    """Put how a challenger is reached into the vault, under a key of its own. Needs the pen."""
    day = timezone.localdate(acting.at)
    contact = ChallengerContactRow(
        challenge=challenge,
        day=day,
        last_on=days_at_most(OF_REPORTERS, day)[1],
        language=language,
    )
    contact.key_id = contact.id
    seal_into(contact, new_record_key(contact.id), email=email)
    contact.save(force_insert=True)


def ask_to_tell(*, acting: Acting) -> int:
    """Ask the worker to write to those of whom it is time; give how many were not asked for yet."""
    today = timezone.localdate(acting.at)
    due = ChallengerContactRow.objects.to_tell(today).values_list("id", flat=True)
    return sum(map(ask_to_tell_challenger, due[:MOST_AT_ONCE]))


def deliver(contact: UUID, *, last_attempt: bool, acting: Acting) -> None:
    """Tell one challenger where to read how it was settled, and forget them.

    Raises NotAccepted for a failure that may pass, so that the worker tries again.
    """
    with transaction.atomic():
        row = ChallengerContactRow.objects.locked(contact)
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
            _enter(row, Act.CHALLENGER_NOT_TOLD, refused, acting)
        else:
            _enter(row, Act.CHALLENGER_TOLD, told, acting)
        forget(row, acting=acting)


def give_up(contact: UUID, *, acting: Acting) -> None:
    """Forget a challenger who could not be told for a fault of the desk's own."""
    with transaction.atomic():
        row = ChallengerContactRow.objects.locked(contact)
        if row is not None:
            _enter(row, Act.CHALLENGER_NOT_TOLD, FAULT, acting)
            forget(row, acting=acting)


def forget(row: ChallengerContactRow, *, acting: Acting) -> None:
    """Erase how a challenger is reached, with its key, in an entry of its own."""
    vaults.forget(ChallengerContactRow.objects, row.id, Act.CHALLENGER_FORGOTTEN, acting=acting)


def _to_be_told(row: ChallengerContactRow, acting: Acting) -> ChallengeBecame | None:
    is_last_day = row.last_on <= timezone.localdate(acting.at)
    return became(standing_of(row.challenge), is_last_day=is_last_day)


def _letter(row: ChallengerContactRow, told: ChallengeBecame) -> Message:
    """Write the letter in the language of the page that the challenge was made on."""
    with translation.override(row.language):
        return challenger_letter(
            told,
            place=f"{settings.PUBLIC_URL.rstrip('/')}{reverse('public_answer')}",
            desk=settings.DESK.name,
            contact=settings.DESK.contact_email,
            said=gettext,
        )


def _enter(row: ChallengerContactRow, act: Act, outcome: str, acting: Acting) -> None:
    with writing() as pen:
        who, said = acting.officer.ref, Code(outcome)
        pen.enter(Entry(act=act, at=acting.at, who=who, obj=row.id, outcome=said))
