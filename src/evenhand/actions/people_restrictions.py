"""Keeping a record without using it, and using it again: that takes two."""

from django.conf import settings
from django.utils import timezone

from evenhand.actions import sharing
from evenhand.actions.closing import opened
from evenhand.actions.entering import about, committed
from evenhand.actions.holds import hold_for
from evenhand.actions.people_storing import add_step
from evenhand.ledger.acts import Act
from evenhand.rules.holds import NO_EVIDENCE, Evidence, HoldKind, check_evidence
from evenhand.rules.holds import is_evidence as is_held_as_evidence
from evenhand.rules.lifting_letter import lifting_letter
from evenhand.rules.officers import Acting, OfficerRef, Permission, check_may
from evenhand.rules.people import (
    Asked,
    PersonStanding,
    RestrictedBecause,
    Restriction,
    check_own_request,
    check_second_officer,
    check_standing,
    check_version,
)
from evenhand.rules.people_changes import check_may_lift, check_nothing_waits, check_told
from evenhand.rules.recalls import Why
from evenhand.rules.texts import check_reason
from evenhand.store.notification import not_told
from evenhand.store.people import PersonRow, PersonStepRow, no_such_person
from evenhand.store.records import holds_of
from evenhand.store.sealing import open_record_key
from evenhand.store.writing import writing

ASKED, LIFTED, REFUSED = "ask_to_lift", "lift", "refuse_to_lift"
TOLD, NOT_TOLD = "told", "not_told"
"""What a step says where the person was told, or is not told; the database asks for it, too."""


def restrict(
    reference: str,
    because: Restriction,
    reason: str,
    *,
    evidence: Evidence = NO_EVIDENCE,
    seen_version: int | None = None,
    acting: Acting,
) -> None:
    """Keep a record from being used. It protects, so one is enough.

    What is needed as evidence is held as that in the same act, so that nobody disposes of it. A26.
    """
    check_may(acting.officer, Permission.RESTRICT_PERSON)
    is_evidence = because is Restriction.NEEDED_AS_EVIDENCE
    check_evidence(evidence, needed=is_evidence, today=timezone.localdate(acting.at))
    check_reason(reason)
    with writing() as pen:
        row = PersonRow.objects.locked(reference)
        fact = row.as_fact(at=acting.at)
        check_version(fact, seen_version)
        check_standing(fact, PersonStanding.HELD)
        key = open_record_key(row.key)
        row.standing, row.restricted_because = PersonStanding.RESTRICTED, because
        row.keep()
        if is_evidence:
            hold_for(row, key, HoldKind.EVIDENCE, evidence, reason, acting=acting)
        add_step(row, key, "restrict", reason, about=because, acting=acting)
        sharing.recall(row.id, Why.RESTRICTED, pen, acting=acting)
        pen.enter(
            about(
                row,
                Act.PERSON_RESTRICTED,
                Permission.RESTRICT_PERSON,
                acting=acting,
                outcome=because,
                reason=committed(key, reason),
            )
        )


def ask_to_lift(
    reference: str, reason: str, *, seen_version: int | None = None, acting: Acting
) -> None:
    """Ask that a restricted record be used again.

    Where it was contested whether it is right, this writes the letter that the person gets first.
    """
    check_may(acting.officer, Permission.ASK_TO_LIFT)
    check_reason(reason)
    with writing() as pen:
        row = PersonRow.objects.locked(reference)
        fact = row.as_fact(at=acting.at)
        check_version(fact, seen_version)
        check_standing(fact, PersonStanding.RESTRICTED)
        because = _check_may_lift(row, acting)
        check_nothing_waits(row.reference, waits=asked_to_lift(row) is not None)
        key = open_record_key(row.key)
        row.keep()
        add_step(row, key, ASKED, reason, acting=acting, letter=_letter(row, because, acting))
        pen.enter(
            about(
                row,
                Act.LIFTING_ASKED,
                Permission.ASK_TO_LIFT,
                acting=acting,
                reason=committed(key, reason),
            )
        )


def lift(
    reference: str,
    reason: str,
    *,
    agreed: bool,
    notice: str = "",
    seen_version: int | None = None,
    acting: Acting,
) -> None:
    """Answer whether a restricted record may be used again; ``notice``: how the person was told.

    What was asked for more than 72 hours ago can only be refused. E-TWO-04.
    """
    check_may(acting.officer, Permission.LIFT_RESTRICTION)
    check_reason(reason)
    with writing() as pen:
        row = PersonRow.objects.locked(reference)
        fact = row.as_fact(at=acting.at)
        check_version(fact, seen_version)
        check_standing(fact, PersonStanding.RESTRICTED)
        asked = asked_to_lift(row)
        if asked is None:
            raise no_such_person()
        check_own_request(asked, acting.officer)
        key = open_record_key(row.key)
        told = TOLD if notice else ""
        if agreed:
            check_second_officer(asked, acting.officer, now=acting.at)
            because = _check_may_lift(row, acting)
            is_not_told = not_told(row, today=timezone.localdate(acting.at))
            check_told(because, notice, is_not_told=is_not_told)
            if is_not_told and not told:
                told = NOT_TOLD
            row.standing, row.restricted_because = PersonStanding.HELD, None
        row.keep()
        said = "\n\n".join(filter(None, (reason, notice)))
        what = LIFTED if agreed else REFUSED
        add_step(row, key, what, said, about=told, acting=acting)
        opened(row, pen, acting=acting)
        pen.enter(
            about(
                row,
                Act.RESTRICTION_LIFTED if agreed else Act.LIFTING_REFUSED,
                Permission.LIFT_RESTRICTION,
                acting=acting,
                reason=committed(key, said),
            )
        )


def _check_may_lift(row: PersonRow, acting: Acting) -> RestrictedBecause:
    """Refuse to lift what ends in another way; give why the record is restricted."""
    today = timezone.localdate(acting.at)
    because = row.closed_because(today)
    assert because is not None  # noqa: S101 - what is not restricted was refused already
    check_may_lift(because, is_evidence=is_held_as_evidence(holds_of(row), today=today))
    return because


def _letter(row: PersonRow, because: RestrictedBecause, acting: Acting) -> str:
    """Write what the person is told before the restriction ends, where they are told. A27."""
    today = timezone.localdate(acting.at)
    if because is not RestrictedBecause.ACCURACY_CONTESTED or not_told(row, today=today):
        return ""
    return lifting_letter(
        desk=settings.DESK.name,
        contact=settings.DESK.contact_email,
        dpo=settings.DESK.dpo_email,
        reference=row.reference,
        corrected=_is_corrected(row),
        written_on=today,
    )


def _is_corrected(row: PersonRow) -> bool:
    """Say whether anything was put right since the restriction in force."""
    since = row.steps.filter(what="restrict").latest("at").at
    return row.steps.filter(what="correct", at__gte=since).exists()


def asked_to_lift(row: PersonRow) -> Asked | None:
    """Give who asked to lift the restriction in force, if it waits for an answer."""
    about_it = row.steps.filter(what__in=(ASKED, LIFTED, REFUSED, "restrict"))
    newest: PersonStepRow | None = about_it.order_by("-at").first()
    if newest is None or newest.what != ASKED:
        return None
    return Asked(by=OfficerRef(newest.by_id), at=newest.at)
