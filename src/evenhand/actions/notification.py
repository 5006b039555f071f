"""Deciding whether a person is told; and restricting what nobody decided on in time."""

from datetime import date, datetime, time
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from evenhand.actions import sharing
from evenhand.actions.closing import keep_evidence_closed, opened
from evenhand.actions.entering import about, committed
from evenhand.ledger.acts import Act
from evenhand.rules import notification
from evenhand.rules.assurance import check_people_open
from evenhand.rules.combinations import ON_RECORD
from evenhand.rules.notification import (
    DECIDE_WITHIN,
    DECIDE_WITHIN_CHILD,
    Decision,
    Telling,
)
from evenhand.rules.notification_letter import LetterFacts, letter
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.people import PersonStanding, RestrictedBecause, check_standing
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.recalls import Why
from evenhand.rules.seeing import check_as_seen
from evenhand.rules.texts import check_reason
from evenhand.store.assurance import assured
from evenhand.store.notification import NotifyDecisionRow, current, undecided_since
from evenhand.store.people import PersonRow
from evenhand.store.sealing import open_record_key, seal_into
from evenhand.store.sharing import recipients_of
from evenhand.store.writing import writing

AT_ONCE = 200
"""So many records one run restricts; the next one goes on."""


def decide(reference: str, decision: Decision, *, acting: Acting) -> None:
    """Decide whether a person is told. A restriction holds once a second person confirmed it."""
    check_may(acting.officer, Permission.DECIDE_TELLING)
    check_people_open(assured())
    today = timezone.localdate(acting.at)
    notification.check_decision(decision, today=today)
    with writing() as pen:
        row = PersonRow.objects.locked(reference)
        check_standing(row.as_fact(at=acting.at), *ON_RECORD)
        key = open_record_key(row.key)
        NotifyDecisionRow.objects.filter(person=row, replaced_at__isnull=True).update(
            replaced_at=acting.at
        )
        made = NotifyDecisionRow(
            person=row,
            telling=decision.telling,
            ground=decision.ground,
            decided_by_id=acting.officer.ref,
            decided_at=acting.at,
            decided_on=today,
            review_on=decision.review_on,
        )
        tells = decision.telling is Telling.TELL
        seal_into(
            made,
            key,
            reasons=decision.reasons,
            lawyer=decision.lawyer,
            letter=_letter(row, today) if tells else "",
        )
        made.save(force_insert=True)
        row.telling = Telling.TELL if tells else None
        if tells:
            _open_again(row, acting)
        row.keep()
        opened(row, pen, acting=acting)
        pen.enter(
            about(
                row,
                Act.TELLING_DECIDED,
                Permission.DECIDE_TELLING,
                acting=acting,
                outcome=decision.telling,
                reason=committed(key, decision.reasons),
            )
        )


def confirm(reference: str, reason: str, *, seen: UUID, acting: Acting) -> None:
    """Confirm, as the second person, that somebody is not told until the review.

    ``seen``: the decision that they looked at. Raises ChangedMeanwhile of one in its place.
    """
    _answer(reference, reason, seen, acting, confirms=True)


def refuse(reference: str, reason: str, *, seen: UUID, acting: Acting) -> None:
    """Refuse, as the second person, that somebody is not told: it is undecided again."""
    _answer(reference, reason, seen, acting, confirms=False)


def restrict_undecided(*, acting: Acting) -> int:
    """Restrict the records on which nobody decided in time, at most so many; give how many.

    The one thing the worker does to a record by itself: it protects the person. A46, E-NOT-33.
    """
    late = list(_late(acting).values_list("reference", flat=True)[:AT_ONCE])
    return sum(_restrict(reference, acting) for reference in late)


def _late(acting: Acting) -> QuerySet[PersonRow]:
    today = timezone.localdate(acting.at)
    return undecided_since(
        adults=_start(today - DECIDE_WITHIN),
        children=_start(today - DECIDE_WITHIN_CHILD),
        today=today,
    )


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _restrict(reference: str, acting: Acting) -> bool:
    """Restrict a record unless somebody closed it or decided since it was listed."""
    with transaction.atomic(savepoint=False):
        row = PersonRow.objects.locked(reference)
        if not _late(acting).filter(id=row.id).exists():
            return False
        _close(row, acting)
    return True


def _close(row: PersonRow, acting: Acting) -> None:
    with writing() as pen:
        row.standing = PersonStanding.RESTRICTED
        row.restricted_because = RestrictedBecause.NOT_DECIDED_TO_TELL
        row.keep()
        sharing.recall(row.id, Why.RESTRICTED, pen, acting=acting)
        outcome = RestrictedBecause.NOT_DECIDED_TO_TELL
        pen.enter(about(row, Act.PERSON_RESTRICTED, None, acting=acting, outcome=outcome))


def _answer(reference: str, reason: str, seen: UUID, acting: Acting, *, confirms: bool) -> None:
    check_may(acting.officer, Permission.CONFIRM_NOT_TELLING)
    check_people_open(assured())
    check_reason(reason)
    with writing() as pen:
        row = PersonRow.objects.locked(reference)
        key = open_record_key(row.key)
        made = current(row)
        notification.check_may_confirm(made.as_fact() if made else None, acting.officer.ref)
        assert made is not None  # noqa: S101 - tells the type
        check_as_seen(reference, made.id, seen)
        if confirms:
            made.confirmed_by_id, made.confirmed_at = acting.officer.ref, acting.at
            row.telling = Telling.RESTRICT
            _open_again(row, acting)
        else:
            made.replaced_at = acting.at
        made.save()
        row.keep()
        opened(row, pen, acting=acting)
        act = Act.NOT_TELLING_CONFIRMED if confirms else Act.NOT_TELLING_REFUSED
        pen.enter(
            about(
                row,
                act,
                Permission.CONFIRM_NOT_TELLING,
                acting=acting,
                reason=committed(key, reason),
            )
        )


def _open_again(row: PersonRow, acting: Acting) -> None:
    """End a restriction that stood only because nobody had decided."""
    if row.restricted_because == RestrictedBecause.NOT_DECIDED_TO_TELL:
        row.standing, row.restricted_because = PersonStanding.HELD, None
        keep_evidence_closed(row, today=timezone.localdate(acting.at))


def _letter(row: PersonRow, today: date) -> str:
    link = (
        row.links.filter(authorised_at__isnull=False, ended_at__isnull=True).order_by("at").last()
    )
    return letter(
        LetterFacts(
            desk=settings.DESK.name,
            contact=settings.DESK.contact_email,
            dpo=settings.DESK.dpo_email,
            reference=row.reference,
            role=PersonRole(link.role) if link else PersonRole.CONTENT_POSTER_NOT_SUSPECTED,
            knew=row.knows,
            taken_over=row.origin is not None,
            last_day=row.max_on,
            written_on=today,
            recipients=recipients_of(row),
        )
    )
