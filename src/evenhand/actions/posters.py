"""The poster's door: a question whether content was ours, answered with all; and a challenge.

What an officer does with a challenge is in challenges.py.
"""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from evenhand.actions import challengers, public_receipts, same_content
from evenhand.actions.challenges import interrupt
from evenhand.actions.entering import about
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.rules.challenges import (
    ANSWERS_UNTIL,
    Told,
    answer_on,
    check_can_challenge,
    check_challenge,
    is_withheld,
    no_such_asking,
    nothing_left,
)
from evenhand.rules.content import identify_one
from evenhand.rules.officers import Acting
from evenhand.rules.public_doors import plain_number
from evenhand.rules.public_reports import check_reach
from evenhand.rules.referrals import State
from evenhand.rules.triage import is_emergency
from evenhand.seal.blind import What
from evenhand.store.challenges import UNCHALLENGED, AskingRow, ChallengeRow, last_withholding
from evenhand.store.opening import RestorationRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import blind_index, open_record_key, seal_into
from evenhand.store.writing import writing

BATCH = 100
DOOR = "asking"


def ask(address: str, form: str, *, acting: Acting) -> str:
    """Take a question whether the desk referred an address; give its receipt number.

    Of the address only a keyed hash is kept, and nobody looks now whether there is a referral: what
    is done here, and how long it takes, is the same whatever the answer will be. Sent again from
    the same page it is one question. Raises what refuses an address that leads nowhere public.
    """
    content = identify_one(address)
    ref, receipt = public_receipts.named_after(DOOR, form, content.same_content_key)
    day = timezone.localdate(acting.at)
    with transaction.atomic(savepoint=False):
        same_content.lock([ref.bytes])
        if not AskingRow.objects.filter(id=ref).exists():
            with writing() as pen:
                AskingRow.objects.create(
                    id=ref,
                    receipt=public_receipts.kept(receipt),
                    content=blind_index().token(What.CONTENT, content.same_content_key),
                    day=day,
                    answer_on=answer_on(day, settings.CLOCKS.calendar),
                    answers_until=ANSWERS_UNTIL.after(day),
                )
                pen.enter(Entry(act=Act.POSTER_ASKED, at=acting.at, who=acting.officer.ref))
    return public_receipts.shown(receipt)


def answer_due(*, acting: Acting) -> int:
    """Answer every question whose day has come, all in one way; give how many.

    Once a restored desk was opened, all wait until the next working day: what was withheld after
    the backup is lost, and is withheld anew first.
    """
    today = timezone.localdate(acting.at)
    opened_at = RestorationRow.objects.aggregate(last=Max("opened_at"))["last"]
    if opened_at and today < answer_on(timezone.localdate(opened_at), settings.CLOCKS.calendar):
        return 0
    due = AskingRow.objects.filter(told__isnull=True, answer_on__lte=today).order_by("id")
    answered = 0
    while batch := list(due[:BATCH]):
        with writing() as pen:
            for row in batch:
                _answer(row, _to_tell_of(bytes(row.content), today))
                row.save()
            pen.enter(Entry(act=Act.POSTERS_ANSWERED, at=acting.at, who=acting.officer.ref))
        answered += len(batch)
    return answered


def challenge(
    number: str, words: str, *, email: str = "", language: str = "en", acting: Acting
) -> date:
    """Take the challenge of whoever holds the receipt of a question; give when it is due.

    How they are reached, if they want to hear that it is settled, goes into the vault.
    Raises NotFound, in the same words whatever there is not, NothingToChallenge and ReachUnusable.
    """
    check_challenge(words)
    if email:
        check_reach(email)
    with transaction.atomic():
        asking = _told(AskingRow.objects.all(), number)
        found = ReferralRow.objects.filter(id=asking.referral or UUID(int=0)).first()
        if found is None:
            raise nothing_left()
        # The referral first, as whoever settles a challenge locks them.
        row = ReferralRow.objects.locked(found.reference)
        asking = _told(AskingRow.objects.select_for_update(), number)
        is_first = not ChallengeRow.objects.filter(id=asking.id).exists()
        check_can_challenge(State(row.state), is_first=is_first)
        today = timezone.localdate(acting.at)
        calendar, days = settings.CLOCKS.calendar, settings.DESK.challenge_days
        due_on = calendar.working_day_after(today, days)
        with writing() as pen:
            made = ChallengeRow(id=asking.id, referral=row, at=acting.at, due_on=due_on)
            seal_into(made, open_record_key(row.key), words=words)
            made.save(force_insert=True)
            if email:
                challengers.keep(made.id, email, language, acting=acting)
            interrupt(row, acting=acting)
            row.keep()
            pen.enter(about(row, Act.CHALLENGE_MADE, None, acting=acting))
    return due_on


def _told(rows: QuerySet[AskingRow], number: str) -> AskingRow:
    """Give the question of a receipt that was told of a referral. Raises NotFound."""
    asking = rows.filter(receipt=public_receipts.kept(plain_number(number))).first()
    if asking is None or asking.told != Told.REFERRED:
        raise no_such_asking()
    return asking


def _answer(row: AskingRow, referral: ReferralRow | None) -> None:
    """Say what is told, with the ground and the harm that were sent and not a later assessment."""
    if referral is None:
        row.told = Told.CANNOT_SAY
        return
    sent = referral.assessmentrows.filter(at__lte=referral.sent_at).latest("number")
    row.told, row.referral = Told.REFERRED, referral.id
    row.ground, row.harm = sent.ground, sent.harm


def forget_old(*, acting: Acting) -> int:
    """Delete the questions whose receipts answer no more; give how many."""
    today = timezone.localdate(acting.at)
    old = AskingRow.objects.filter(UNCHALLENGED, answers_until__lte=today)
    forgotten = 0
    while batch := list(old.order_by("answers_until").values_list("id", flat=True)[:BATCH]):
        with writing() as pen:
            # Locked first, so that nobody challenges one meanwhile; then asked again.
            list(AskingRow.objects.select_for_update().filter(id__in=batch).order_by("id"))
            deleted, _tables = old.filter(id__in=batch).delete()
            pen.enter(Entry(act=Act.POSTERS_FORGOTTEN, at=acting.at, who=acting.officer.ref))
        forgotten += deleted
    return forgotten


def _to_tell_of(content: bytes, today: date) -> ReferralRow | None:
    """Give the last sent referral of a content; none where one of the content is withheld."""
    rows = ReferralRow.objects.filter(same_content=content).order_by("sent_at", "number")
    found = list(rows.prefetch_related("withholdingrows", "emergencyrows"))
    if any(_is_withheld(it, today) for it in found):
        return None
    return next((it for it in reversed(found) if it.sent_at), None)


def _is_withheld(row: ReferralRow, today: date) -> bool:
    withheld = last_withholding(row.withholdingrows.all())
    return is_withheld(
        emergency=is_emergency(row.triage, recorded=bool(row.emergencyrows.all())),
        withheld_until=withheld.until if withheld else None,
        today=today,
    )
