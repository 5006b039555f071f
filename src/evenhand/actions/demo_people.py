"""The demo's people: a victim on record and shared, somebody proposed, a reporter; all invented."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from evenhand.actions import agreements, holds, people, people_statements, reviews, sharing
from evenhand.rules.agreements import Field, NamedPerson, RecipientKind, Terms, Transfer
from evenhand.rules.assessments import Kind
from evenhand.rules.holds import HoldKind
from evenhand.rules.officers import Acting, Officer
from evenhand.rules.people import Answers, Proposal
from evenhand.rules.people_ages import Age, AgeBasis
from evenhand.rules.people_grounds import Ground, Grounds
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.people_statements import (
    GradeOf,
    Handling,
    Information,
    Source,
    Statement,
)
from evenhand.rules.referrals import State
from evenhand.rules.reviews import Review, ReviewOutcome
from evenhand.rules.sharing import Carrier, Wanted
from evenhand.seal.age import lock_of, new_identity
from evenhand.store.people import PersonRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.sharing import DisclosureRow

MINUTE = timedelta(minutes=1)
REVIEW = timedelta(days=300)
FIELDS = frozenset({Field.NAME, Field.AGE, Field.FACTS})
KEEPER = Proposal(
    role=PersonRole.VICTIM,
    necessity="The speaker names this shopkeeper, and the local force must be able to warn them.",
    age=Age(basis=AgeBasis.DOCUMENT, as_at=date(2026, 1, 5), birth_date=date(1984, 3, 9)),
    name="Orla Pennick (invented)",
    contact="orla@shop.example",
)
SPEAKER = Proposal(
    role=PersonRole.SUSPECT,
    necessity="A named investigation asks who is heard in the clip.",
    age=Age(basis=AgeBasis.ESTIMATED, as_at=date(2026, 1, 5), value=30),
    name="The account “made-up-speaker” (invented)",
    grounds=Grounds(
        offence="oapa-1861-s16",
        codes=frozenset({Ground.THREATENS_IN_CONTENT}),
        in_words="The account holder says in the clip on which day they will come.",
    ),
)
CALLER = Proposal(
    role=PersonRole.REPORTER,
    necessity="They asked to be told what became of their report.",
    age=Age(basis=AgeBasis.STATED, as_at=date(2026, 1, 5), value=52),
    contact="Piers Lowe (invented), 01632 960 000",
    knows=True,
)
SEEN = Statement(
    kind=Kind.FACT,
    text="The clip shows the front of the shop that they run, with its name.",
    source="The content itself, seen by the officer.",
    handling=Handling.PERMITTED,
    sensitive=False,
)
THOUGHT = Statement(
    kind=Kind.ASSESSMENT,
    text="They are likely to be at risk on the day that is named.",
    basis="The speaker knows when the shop opens.",
    grade_of=GradeOf.POST_IS_TRUE,
    grade_source=Source.UNTESTED,
    grade_information=Information.INDIRECTLY,
    handling=Handling.PERMITTED,
    sensitive=False,
)
INES = NamedPerson(
    UUID("5f4c1f0e-3b0e-4a57-9c57-2f6e6d0c9a11"), "Ines Dorn (invented)", "ines@estuary.example"
)
ANSWERS = Answers(
    necessary="The local force cannot warn anybody without a name.",
    role_right="They are threatened and threaten nobody.",
    less_would_do="The address of the shop alone would not reach them at home.",
)


def record(team: Mapping[str, Officer], shop: str, *, now: datetime) -> str:
    """Have people on record through the referral of the threatened shop, each at another stage.

    Gives the reference of who speaks in the clip.
    """
    row = ReferralRow.objects.named(shop)
    owner = next(it for it in team.values() if it.ref == row.owner_id)
    second, third = team["Cy Hart"], team["Fay Lund"]

    def by(officer: Officer, minutes: int) -> Acting:
        return Acting(officer=officer, at=now - minutes * MINUTE)

    keeper = people.propose(shop, KEEPER, acting=by(owner, 90))
    for statement in (SEEN, THOUGHT):
        people_statements.add(keeper, statement, referral=shop, acting=by(owner, 88))
    people.authorise(keeper, ANSWERS, acting=by(second, 70))
    grounds = replace(SPEAKER.grounds, on=timezone.localdate(now - 60 * MINUTE))
    known = replace(_known(SPEAKER, now), grounds=grounds)
    speaker = people.propose(shop, known, acting=by(owner, 60))
    caller = people.propose(shop, _known(CALLER, now), acting=by(owner, 55))
    people.authorise(caller, ANSWERS, acting=by(third, 45))

    agreement = agreements.propose(_terms(now), acting=by(team["Ned Wren"], 44))
    agreements.sign(agreement, 1, acting=by(team["Ida Frost"], 43))
    for_content = agreements.propose(_of_content(now), acting=by(team["Ned Wren"], 43))
    agreements.sign(for_content, 1, acting=by(team["Ida Frost"], 42))
    package = sharing.build(keeper, _wanted(keeper, agreement), acting=by(team["Pia Lock"], 40))
    sharing.propose(package, acting=by(team["Pia Lock"], 39))
    digest = bytes(DisclosureRow.objects.get(reference=package).digest).hex()
    sharing.approve(package, digest, "They must be warned before that day.", acting=by(second, 30))
    return speaker


def keep(team: Mapping[str, Officer], *, now: datetime) -> None:
    """Have one closed referral held for a request, and one that was not for us reviewed.

    The other closed one is challenged a little later, and what is challenged is not disposed of.
    """
    first = ReferralRow.objects.order_by("number")
    held = first.filter(state=State.CLOSED)[0].reference
    reviewed = first.filter(state=State.NOT_FOR_US)[0].reference
    holds.place(
        held,
        HoldKind.FOI,
        their_reference="FOI 2026-0007 (invented)",
        reason="Somebody asked how many referrals of this kind were made.",
        acting=Acting(officer=team["Nell Shaw"], at=now - 20 * MINUTE),
    )
    over = Review(outcome=ReviewOutcome.DISPOSE, reason="It was not for us; nothing needs it.")
    reviews.review(reviewed, over, acting=Acting(officer=team["Lena Voss"], at=now - 15 * MINUTE))


def _known(proposal: Proposal, now: datetime) -> Proposal:
    """Give somebody whose age in years became known today."""
    return replace(proposal, age=replace(proposal.age, as_at=timezone.localdate(now)))


def _terms(now: datetime) -> Terms:
    return Terms(
        organisation="Estuary Police (invented)",
        kind=RecipientKind.POLICE,
        country="GB",
        transfer=Transfer.AT_HOME,
        people=(INES,),
        lock="",
        purpose="Warn victims who live in their area.",
        enactment="Police Act 1996 s.6",
        guidance="For this purpose only. Do not pass it on.",
        fields=FIELDS,
        roles=frozenset({PersonRole.VICTIM}),
        keep_days=90,
        recall_days=2,
        review_on=(now + REVIEW).date(),
    )


def _of_content(now: datetime) -> Terms:
    """Say under what a referral with its captures may leave, sealed to a key that nobody holds."""
    return replace(
        _terms(now),
        organisation="Estuary Police, digital evidence (invented)",
        lock=lock_of(new_identity()),
        purpose="Investigate who made it.",
        fields=frozenset({Field.CONTENT}),
    )


def _wanted(person: str, agreement: str) -> Wanted:
    row = PersonRow.objects.named(person)
    link = row.links.get(ended_at__isnull=True)
    facts = row.statements.filter(kind=Kind.FACT).values_list("id", flat=True)
    return Wanted(
        agreement=agreement,
        recipient=INES.ref,
        link=link.id,
        carrier=Carrier.PRINTED,
        fields=FIELDS,
        statements=tuple(facts),
        checked=True,
        gaps="Where they live is not known.",
        reason="Their officers patrol the street of the shop.",
    )
