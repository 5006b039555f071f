"""What somebody is in a referral becomes another: one officer asks, another authorises."""

from dataclasses import replace

from django.conf import settings
from django.db.models import QuerySet

from evenhand.actions import sharing
from evenhand.actions.entering import about, committed
from evenhand.actions.people_statements import link_in
from evenhand.actions.people_storing import (
    UNANSWERED,
    add_step,
    identity_of,
    link_of,
    set_child,
    set_days_of_role,
    take_back,
)
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.rules.assurance import check_people_open
from evenhand.rules.combinations import ON_RECORD
from evenhand.rules.disposal_duty import Duty, check_no_duty, drops_suspicion
from evenhand.rules.holds import check_no_hold, is_held
from evenhand.rules.officers import Acting, OfficerRef, Permission, check_may
from evenhand.rules.people import (
    BOTH_WITHIN,
    PersonStanding,
    check_may_accuse,
    check_may_open,
    check_own_request,
    check_proposal,
    check_role,
    check_second_officer,
    check_standing,
    check_trained,
    check_version,
)
from evenhand.rules.people_changes import (
    NewRole,
    check_identity,
    check_nothing_waits,
    check_role_change,
)
from evenhand.rules.people_roles import WITH_CONTACT, PersonRole
from evenhand.rules.recalls import Why
from evenhand.rules.referrals import State
from evenhand.rules.texts import check_reason
from evenhand.seal.record import RecordKey
from evenhand.store.assurance import assured
from evenhand.store.lawbook import lawbook
from evenhand.store.people import PersonLinkRow, PersonRow, no_such_person
from evenhand.store.records import holds_of
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import open_record_key
from evenhand.store.writing import writing


def ask(
    reference: str,
    new: NewRole,
    *,
    referral: str,
    seen_version: int | None = None,
    acting: Acting,
) -> None:
    """Ask that somebody be something else in a referral from now on. Until then nothing changes."""
    check_may(acting.officer, Permission.PROPOSE_PERSON)
    check_people_open(assured())
    role, day_of = check_role(new.role), settings.CLOCKS.calendar.day_of
    today = day_of(acting.at)
    with writing() as pen:
        row = PersonRow.objects.locked(reference)
        now = link_in(row, referral)
        check_may_open(acting.officer, {OfficerRef(now.referral.owner_id)})
        fact = row.as_fact(at=acting.at)
        check_version(fact, seen_version)
        check_standing(fact, PersonStanding.HELD)
        check_no_duty(row.duty)  # new grounds begin with a fresh case
        _check_none_waits(row, now)
        check_may_accuse(referral, State(ReferralRow.objects.locked(referral).state), role)
        check_role_change(PersonRole(now.role), day_of(now.at), role, new.grounds)
        key = open_record_key(row.key)
        wanted = new.for_age(identity_of(row, key).age, was_child=row.child)
        recorded_on = day_of(row.proposed_at)
        check_proposal(wanted, offences=lawbook().provisions, recorded_on=recorded_on, today=today)
        check_identity(wanted, recorded_on=recorded_on, today=today)
        row.keep()
        link = link_of(row, role, key, wanted, acting=acting)
        link.referral = now.referral
        link.save(force_insert=True)
        reason = committed(key, new.necessity)
        pen.enter(
            about(
                row,
                Act.ROLE_CHANGE_ASKED,
                Permission.PROPOSE_PERSON,
                acting=acting,
                outcome=role,
                reason=reason,
            )
        )


def authorise(
    reference: str,
    reason: str,
    *,
    referral: str,
    seen_version: int | None = None,
    acting: Acting,
) -> None:
    """Let the role that was asked for take the place of the other, which stays in the history."""
    check_may(acting.officer, Permission.AUTHORISE_PERSON)
    check_people_open(assured())
    check_reason(reason)
    with writing() as pen:
        row = PersonRow.objects.locked(reference)
        asked = _asked_for(row, referral, seen_version, acting)
        check_second_officer(asked.asked(), acting.officer, now=acting.at)
        state = State(ReferralRow.objects.locked(referral).state)
        check_may_accuse(referral, state, PersonRole(asked.role))
        key = open_record_key(row.key)
        child = row.child or _was_child(row, key, asked)
        check_trained(replace(row.as_fact(at=acting.at), child=child), acting.officer)
        check_no_duty(row.duty)  # new grounds begin with a fresh case
        _replace(row, asked, child=child, acting=acting)
        add_step(row, key, "change_role", reason, about=asked.role, acting=acting)
        sharing.recall(row.id, Why.ROLE_CHANGED, pen, acting=acting)
        pen.enter(_decided(row, Act.ROLE_CHANGED, key, reason, asked.role, acting))


def refuse(
    reference: str,
    reason: str,
    *,
    referral: str,
    seen_version: int | None = None,
    acting: Acting,
) -> None:
    """Refuse the role that was asked for: what was written for it is destroyed."""
    check_may(acting.officer, Permission.AUTHORISE_PERSON)
    check_reason(reason)
    with writing() as pen:
        row = PersonRow.objects.locked(reference)
        asked = _asked_for(row, referral, seen_version, acting)
        check_own_request(asked.asked(), acting.officer)
        check_no_hold(holds_of(row), today=settings.CLOCKS.calendar.day_of(acting.at))
        key = open_record_key(row.key)
        take_back(row.links.filter(id=asked.id), acting=acting)
        row.keep()
        add_step(row, key, "refuse_role", reason, about=asked.role, acting=acting)
        pen.enter(_decided(row, Act.ROLE_CHANGE_REFUSED, key, reason, asked.role, acting))


def refuse_unanswered(row: PersonRow, acting: Acting) -> bool:
    """Destroy what was written to ask for another role and answered by nobody in time. E-TWO-04.

    What is held waits.
    """
    late = _waiting(row).filter(at__lt=acting.at - BOTH_WITHIN)
    held = is_held(holds_of(row), today=settings.CLOCKS.calendar.day_of(acting.at))
    if row.standing not in ON_RECORD or held or not late.exists():
        return False
    with writing() as pen:
        take_back(late, acting=acting)
        row.keep()
        pen.enter(about(row, Act.ROLE_CHANGE_REFUSED, None, acting=acting, outcome=UNANSWERED))
    return True


def _check_none_waits(row: PersonRow, now: PersonLinkRow) -> None:
    """Refuse to ask for a role while another one waits for a second officer."""
    waits = _waiting(row).filter(referral_id=now.referral_id)
    check_nothing_waits(row.reference, waits=waits.exists())


def _waiting(row: PersonRow) -> QuerySet[PersonLinkRow]:
    """Give the roles that were asked for and that nobody answered yet."""
    return row.links.filter(authorised_at__isnull=True, ended_at__isnull=True)


def _asked_for(
    row: PersonRow, referral: str, seen_version: int | None, acting: Acting
) -> PersonLinkRow:
    fact = row.as_fact(at=acting.at)
    check_version(fact, seen_version)
    check_standing(fact, PersonStanding.HELD)
    asked = _waiting(row).select_related("referral").filter(referral__reference=referral).first()
    if asked is None:
        raise no_such_person()
    return asked


def _was_child(row: PersonRow, key: RecordKey, asked: PersonLinkRow) -> bool:
    """Say whether they were or may have been under 18 on the day of the grounds asked for."""
    on = asked.grounds_on
    return on is not None and identity_of(row, key).age.may_be_child(on)


def _replace(row: PersonRow, asked: PersonLinkRow, *, child: bool, acting: Acting) -> None:
    role, today = PersonRole(asked.role), settings.CLOCKS.calendar.day_of(acting.at)
    in_force = row.links.filter(
        referral_id=asked.referral_id, authorised_at__isnull=False, ended_at__isnull=True
    )
    earlier = PersonRole(in_force.get().role)
    in_force.update(ended_at=acting.at)
    if role not in WITH_CONTACT and row.contact is not None:
        check_no_hold(holds_of(row), today=today)
        row.contact = None
    set_child(row, child, today=today)
    set_days_of_role(row, role, asked.grounds_on or row.start_on, today=today)
    if drops_suspicion(earlier, role):
        row.must_go(Duty.NOT_SUSPECTED, today=today)
    row.keep()
    asked.authorised_by_id, asked.authorised_at = acting.officer.ref, acting.at
    asked.save()


def _decided(
    row: PersonRow, act: Act, key: RecordKey, reason: str, role: str, acting: Acting
) -> Entry:
    return about(
        row,
        act,
        Permission.AUTHORISE_PERSON,
        acting=acting,
        outcome=role,
        reason=committed(key, reason),
    )
