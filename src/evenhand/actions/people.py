"""Having a person on record: one officer proposes, another authorises or refuses."""

from django.conf import settings

from evenhand.actions import drafts, repeats, traces
from evenhand.actions.closing import keep_evidence_closed
from evenhand.actions.entering import about, committed
from evenhand.actions.people_storing import (
    UNANSWERED,
    Identity,
    add_step,
    destroy,
    link_of,
    new_reference,
    set_days,
    set_identity,
)
from evenhand.ledger.acts import Act
from evenhand.rules.assurance import check_may_add_people
from evenhand.rules.combinations import check_told_apart
from evenhand.rules.holds import check_no_hold, is_held
from evenhand.rules.officers import Acting, OfficerRef, Permission, check_may
from evenhand.rules.people import (
    Answers,
    PersonStanding,
    Proposal,
    check_answers,
    check_may_propose,
    check_not_political,
    check_own_request,
    check_proposal,
    check_role,
    check_second_officer,
    check_standing,
    check_trained,
    check_version,
    check_worked_on,
)
from evenhand.rules.people_names import kept_name
from evenhand.rules.referrals import State
from evenhand.rules.retention_schedules import check_not_past
from evenhand.rules.texts import check_reason
from evenhand.store.assurance import assured
from evenhand.store.casework import expression_in
from evenhand.store.combinations import lock_matches, undecided
from evenhand.store.lawbook import lawbook
from evenhand.store.people import PersonRow, trace_of
from evenhand.store.records import holds_of
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import new_record_key, open_record_key, seal_into
from evenhand.store.writing import writing


def propose(reference: str, proposal: Proposal, *, acting: Acting) -> str:
    """Propose somebody for the record through one referral; give the record’s reference.

    Nothing of it counts as held until a second officer authorises it.
    """
    check_may(acting.officer, Permission.PROPOSE_PERSON)
    today = settings.CLOCKS.calendar.day_of(acting.at)
    check_may_add_people(assured(), today=today)
    check_proposal(proposal, offences=lawbook().provisions, recorded_on=today, today=today)
    role = check_role(proposal.role)
    with writing() as pen:
        referral = ReferralRow.objects.locked(reference)
        owner = OfficerRef(referral.owner_id)
        check_may_propose(reference, State(referral.state), owner, acting.officer)
        check_not_political(reference, expression_in(referral))
        row = PersonRow(
            reference=new_reference(),
            standing=PersonStanding.PROPOSED,
            child=proposal.is_of_child(today),
            under_ten=proposal.age.appears_under_ten(proposal.first_day(today)),
            knows=proposal.knows,
            proposed_by_id=acting.officer.ref,
            proposed_at=acting.at,
        )
        key = new_record_key(row.id)
        row.key_id = row.id
        set_identity(row, key, Identity(proposal.name, proposal.age))
        row.trace = trace_of(kept_name(proposal.name), proposal.age.birth_date)
        traces.check(row, referral, today=today)
        seal_into(row, key, contact=proposal.contact)
        days = set_days(row, role, proposal.grounds.on or today)
        check_not_past(days, today=today)
        row.save(force_insert=True)
        link = link_of(row, role, key, proposal, acting=acting)
        link.referral = referral
        link.save(force_insert=True)
        reason = committed(key, proposal.necessity)
        pen.enter(
            about(row, Act.PERSON_PROPOSED, Permission.PROPOSE_PERSON, acting=acting, reason=reason)
        )
    return row.reference


def authorise(
    reference: str, answers: Answers, *, seen_version: int | None = None, acting: Acting
) -> None:
    """Authorise a proposed record as its second officer, each test question answered."""
    check_may(acting.officer, Permission.AUTHORISE_PERSON)
    today = settings.CLOCKS.calendar.day_of(acting.at)
    check_may_add_people(assured(), today=today)
    check_answers(answers)
    with writing() as pen:
        row = PersonRow.objects.locked(reference)
        fact = row.as_fact(at=acting.at)
        check_version(fact, seen_version)
        check_standing(fact, PersonStanding.PROPOSED)
        check_second_officer(row.asked(), acting.officer, now=acting.at)
        check_trained(fact, acting.officer)
        lock_matches(row)
        check_told_apart(undecided(row).count())
        key = open_record_key(row.key)
        link = row.links.select_related("referral").get(
            authorised_at__isnull=True, ended_at__isnull=True
        )
        referral = ReferralRow.objects.locked(link.referral.reference)
        check_worked_on(referral.reference, State(referral.state))
        check_not_political(referral.reference, expression_in(referral))
        check_not_past(row.days(), today=today)
        traces.check(row, referral, today=today)
        row.standing, row.trace = PersonStanding.HELD, None
        row.authorised_by_id, row.authorised_at = acting.officer.ref, acting.at
        keep_evidence_closed(row, today=today)
        row.keep()
        link.authorised_by_id, link.authorised_at = acting.officer.ref, acting.at
        link.save()
        add_step(row, key, "authorise", answers.in_one(), acting=acting)
        pen.enter(
            about(
                row,
                Act.PERSON_AUTHORISED,
                Permission.AUTHORISE_PERSON,
                acting=acting,
                reason=committed(key, answers.in_one()),
            )
        )


def refuse(reference: str, reason: str, *, seen_version: int | None = None, acting: Acting) -> None:
    """Refuse a proposed record: everything that was proposed is destroyed, the reason stays."""
    check_may(acting.officer, Permission.AUTHORISE_PERSON)
    check_reason(reason)
    with writing() as pen:
        row = PersonRow.objects.locked(reference)
        fact = row.as_fact(at=acting.at)
        check_version(fact, seen_version)
        check_standing(fact, PersonStanding.PROPOSED)
        check_own_request(row.asked(), acting.officer)
        check_no_hold(holds_of(row), today=settings.CLOCKS.calendar.day_of(acting.at))
        key = destroy(row, acting=acting)
        row.keep()
        add_step(row, key, "refuse", reason, acting=acting)
        pen.enter(
            about(
                row,
                Act.PERSON_REFUSED,
                Permission.AUTHORISE_PERSON,
                acting=acting,
                reason=committed(key, reason),
            )
        )
    drafts.drop_everyones(reference)
    repeats.forget(reference)


def refuse_unanswered(row: PersonRow, acting: Acting) -> bool:
    """Destroy what was proposed and answered by nobody in time. It protects, so nobody decides it.

    Who still needs it proposes it again, as things stand then. What is held waits. E-TWO-04.
    """
    today = settings.CLOCKS.calendar.day_of(acting.at)
    if row.standing != PersonStanding.PROPOSED or is_held(holds_of(row), today=today):
        return False
    with writing() as pen:
        destroy(row, acting=acting)
        row.keep()
        pen.enter(about(row, Act.PERSON_REFUSED, None, acting=acting, outcome=UNANSWERED))
    drafts.drop_everyones(row.reference)
    repeats.forget(row.reference)
    return True
