"""The calls about people: each about one, each look for a reason. No call gives a list of them."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from pydantic import Field

from evenhand.actions import (
    people,
    people_contacts,
    people_corrections,
    people_restrictions,
    people_roles,
    people_statements,
    people_verifying,
    purposes,
)
from evenhand.actions.people_storing import Identity
from evenhand.actions.repeats import Reply as Answer
from evenhand.api.asking import check_known
from evenhand.api.bodies import ForReason
from evenhand.api.doing import answered_once
from evenhand.api.door import Call, Token, api
from evenhand.api.people_bodies import (
    AddStatement,
    AnswerPurpose,
    AskForRole,
    AskPurpose,
    AuthorisePerson,
    Contest,
    CorrectContact,
    CorrectIdentity,
    CorrectStatement,
    DecideRole,
    Lift,
    PersonReference,
    ProposePerson,
    Restrict,
)
from evenhand.api.people_replies import Contact, Person, PersonSummary
from evenhand.api.reading import JSON
from evenhand.api.values import Chosen, Reference, Sent
from evenhand.queries import people as known
from evenhand.rules.officers import Permission
from evenhand.rules.people import Answers, Proposal
from evenhand.rules.people_changes import NewRole
from evenhand.rules.purposes import OWN, Purpose, PurposeChange
from evenhand.rules.texts import SHORT

ONE = "/people/{person}"
CHANGE: dict[str, Any] = {"response": {200: PersonSummary}, "tags": ["people"]}
LOOK: dict[str, Any] = {"tags": ["people"]}
AReason = Annotated[
    str,
    Field(
        description="Why you look at this person; it is kept",
        json_schema_extra={"minLength": 1, "maxLength": SHORT},
    ),
]
APurpose = Annotated[Purpose, Chosen(Purpose)]


@api.post(
    "/referrals/{reference}/people",
    summary="Propose a person",
    auth=Token(Permission.PROPOSE_PERSON),
    response={201: PersonSummary},
    tags=["people"],
)
def propose_person(request: Call, reference: Reference, body: Sent[ProposePerson]) -> HttpResponse:
    """Propose somebody for the record through one referral; a second officer authorises."""
    proposal = Proposal(
        role=body.role,
        necessity=body.necessity,
        age=body.age(timezone.localdate(request.auth.at)),
        name=body.name,
        contact=body.contact,
        grounds=body.as_grounds(),
        welfare_reason=body.welfare_reason,
        best_interests=body.best_interests,
        knows=body.knows,
    )
    act = partial(people.propose, reference, proposal)
    return _changed(request, act, status=HTTPStatus.CREATED)


@api.get(ONE, summary="Read a person’s record", response={200: Person}, **LOOK)
def read_person(
    request: Call, person: PersonReference, reason: AReason = "", purpose: APurpose = OWN
) -> HttpResponse:
    """Give what the desk holds on one person. The reason is in the log before anything is given."""
    check_known(request, ["reason", "purpose"])
    found = known.one(person, reason, purpose=purpose, acting=request.auth)
    return HttpResponse(Person.model_validate(found).as_json(), content_type=JSON)


@api.get(
    f"{ONE}/contact",
    summary="Read a reporter’s contact",
    auth=Token(Permission.READ_REPORTER_CONTACT),
    response={200: Contact},
    **LOOK,
)
def read_contact(request: Call, person: PersonReference, reason: AReason = "") -> HttpResponse:
    """Give how a reporter can be reached, for a reason. Nobody who works on referrals may."""
    check_known(request, ["reason"])
    contact = known.reporter_contact(person, reason, acting=request.auth)
    return HttpResponse(Contact(contact=contact).as_json(), content_type=JSON)


@api.post(
    f"{ONE}/authorise",
    summary="Authorise a person’s record",
    auth=Token(Permission.AUTHORISE_PERSON),
    **CHANGE,
)
def authorise_person(
    request: Call, person: PersonReference, body: Sent[AuthorisePerson]
) -> HttpResponse:
    """Authorise a proposed record as its second officer."""
    answers = Answers(
        necessary=body.necessary, role_right=body.role_right, less_would_do=body.less_would_do
    )
    return _done(request, person, people.authorise, answers, seen_version=body.version)


@api.post(
    f"{ONE}/refuse",
    summary="Refuse a person’s record",
    auth=Token(Permission.AUTHORISE_PERSON),
    **CHANGE,
)
def refuse_person(request: Call, person: PersonReference, body: Sent[ForReason]) -> HttpResponse:
    """Refuse a proposed record: what was proposed is destroyed."""
    return _done(request, person, people.refuse, body.reason, seen_version=body.version)


@api.post(
    f"{ONE}/statements",
    summary="Add a statement",
    auth=Token(Permission.ADD_STATEMENT),
    **CHANGE,
)
def add_statement(request: Call, person: PersonReference, body: Sent[AddStatement]) -> HttpResponse:
    """Add a fact or an assessment to what is said of a person in one referral."""
    return _done(
        request,
        person,
        people_statements.add,
        body.as_statement(),
        referral=body.referral,
        seen_version=body.version,
    )


@api.post(
    f"{ONE}/statements/{{statement}}/verification",
    summary="Verify a statement again",
    auth=Token(Permission.ADD_STATEMENT),
    **CHANGE,
)
def verify_statement(
    request: Call, person: PersonReference, statement: UUID, body: Sent[ForReason]
) -> HttpResponse:
    """Say that a statement is still right, after another look at its source: then it may leave."""
    return _done(
        request,
        person,
        people_verifying.verify,
        statement,
        body.reason,
        seen_version=body.version,
    )


@api.post(
    f"{ONE}/statements/{{statement}}/correction",
    summary="Correct a statement",
    auth=Token(Permission.CORRECT_PERSON),
    **CHANGE,
)
def correct_statement(
    request: Call, person: PersonReference, statement: str, body: Sent[CorrectStatement]
) -> HttpResponse:
    """Put a right statement in the place of one that a colleague contested."""
    return _done(
        request,
        person,
        people_corrections.correct_statement,
        statement,
        body.as_statement(),
        body.why(),
        seen_version=body.version,
    )


@api.post(
    f"{ONE}/role", summary="Ask for another role", auth=Token(Permission.PROPOSE_PERSON), **CHANGE
)
def ask_for_role(request: Call, person: PersonReference, body: Sent[AskForRole]) -> HttpResponse:
    """Ask that somebody be something else in a referral; a second officer authorises."""
    new = NewRole(
        role=body.role,
        necessity=body.necessity,
        grounds=body.as_grounds(),
        welfare_reason=body.welfare_reason,
        best_interests=body.best_interests,
    )
    return _done(
        request,
        person,
        people_roles.ask,
        new,
        referral=body.referral,
        seen_version=body.version,
    )


@api.post(
    f"{ONE}/role/decisions",
    summary="Decide on another role",
    auth=Token(Permission.AUTHORISE_PERSON),
    **CHANGE,
)
def decide_role(request: Call, person: PersonReference, body: Sent[DecideRole]) -> HttpResponse:
    """Let the role that was asked for come into force, or refuse it."""
    act = people_roles.authorise if body.authorise else people_roles.refuse
    return _done(
        request, person, act, body.reason, referral=body.referral, seen_version=body.version
    )


@api.post(f"{ONE}/contest", summary="Contest", auth=Token(Permission.CONTEST_ACCURACY), **CHANGE)
def contest(request: Call, person: PersonReference, body: Sent[Contest]) -> HttpResponse:
    """Say that a name, an age, a contact or a statement may be wrong, until it is settled."""
    return _done(
        request,
        person,
        people_corrections.contest,
        body.about,
        body.reason,
        seen_version=body.version,
    )


@api.post(f"{ONE}/confirm", summary="Confirm", auth=Token(Permission.CORRECT_PERSON), **CHANGE)
def confirm(request: Call, person: PersonReference, body: Sent[Contest]) -> HttpResponse:
    """Say that what a colleague contested is right after all."""
    return _done(
        request,
        person,
        people_corrections.confirm,
        body.about,
        body.reason,
        seen_version=body.version,
    )


@api.post(
    f"{ONE}/corrections",
    summary="Correct a name or an age",
    auth=Token(Permission.CORRECT_PERSON),
    **CHANGE,
)
def correct_identity(
    request: Call, person: PersonReference, body: Sent[CorrectIdentity]
) -> HttpResponse:
    """Put a name or an age right that a colleague contested. Both are sent; the old one is gone."""
    identity = Identity(body.name, body.age(timezone.localdate(request.auth.at)))
    why = body.why(body.best_interests, body.welfare_reason)
    act = people_corrections.correct_identity
    return _done(request, person, act, identity, why, seen_version=body.version)


@api.post(
    f"{ONE}/contact/correction",
    summary="Correct a contact",
    auth=Token(Permission.CORRECT_PERSON),
    **CHANGE,
)
def correct_contact(
    request: Call, person: PersonReference, body: Sent[CorrectContact]
) -> HttpResponse:
    """Put right how somebody is reached, which a colleague contested. The old one is gone."""
    act = people_contacts.correct_contact
    return _done(request, person, act, body.contact, body.why(), seen_version=body.version)


@api.post(f"{ONE}/restrict", summary="Restrict", auth=Token(Permission.RESTRICT_PERSON), **CHANGE)
def restrict(request: Call, person: PersonReference, body: Sent[Restrict]) -> HttpResponse:
    """Keep a record from being used."""
    return _done(
        request,
        person,
        people_restrictions.restrict,
        body.because,
        body.reason,
        evidence=body.as_evidence(),
        seen_version=body.version,
    )


@api.post(
    f"{ONE}/ask-to-lift",
    summary="Ask to lift a restriction",
    auth=Token(Permission.ASK_TO_LIFT),
    **CHANGE,
)
def ask_to_lift(request: Call, person: PersonReference, body: Sent[ForReason]) -> HttpResponse:
    """Ask that a restricted record be used again."""
    act = people_restrictions.ask_to_lift
    return _done(request, person, act, body.reason, seen_version=body.version)


@api.post(
    f"{ONE}/lift", summary="Lift a restriction", auth=Token(Permission.LIFT_RESTRICTION), **CHANGE
)
def lift(request: Call, person: PersonReference, body: Sent[Lift]) -> HttpResponse:
    """Answer whether a restricted record is used again."""
    return _done(
        request,
        person,
        people_restrictions.lift,
        body.reason,
        agreed=body.agreed,
        notice=body.notice,
        seen_version=body.version,
    )


@api.post(
    f"{ONE}/purposes",
    summary="Ask for another purpose",
    auth=Token(Permission.ASK_PURPOSE),
    **CHANGE,
)
def ask_purpose(request: Call, person: PersonReference, body: Sent[AskPurpose]) -> HttpResponse:
    """Ask that a record may be used for another law-enforcement purpose."""
    change = PurposeChange(
        purpose=body.purpose,
        law=body.law,
        necessity=body.necessity,
        proportionality=body.proportionality,
    )
    return _done(request, person, purposes.ask, change, seen_version=body.version)


@api.post(
    f"{ONE}/purposes/answers",
    summary="Allow another purpose",
    auth=Token(Permission.ANSWER_PURPOSE),
    **CHANGE,
)
def answer_purpose(
    request: Call, person: PersonReference, body: Sent[AnswerPurpose]
) -> HttpResponse:
    """Answer, as the second officer, whether a record may be used for another purpose."""
    return _done(
        request,
        person,
        purposes.answer,
        body.purpose,
        body.reason,
        agreed=body.agreed,
        seen_version=body.version,
    )


def _done(
    request: Call, person: str, act: Callable[..., object], *given: object, **more: object
) -> HttpResponse:
    """Do an act on a person's record and say how it stands."""

    def doing(*, acting: object) -> str:
        act(person, *given, **more, acting=acting)
        return person

    return _changed(request, doing, status=HTTPStatus.OK)


def _changed(request: Call, act: Callable[..., str], *, status: int) -> HttpResponse:
    def answer() -> Answer:
        reference = act(acting=request.auth)
        found = PersonSummary.model_validate(known.in_brief(reference, acting=request.auth))
        return Answer(status, found.as_json(), about=(reference,))

    response = answered_once(request, answer)
    if "Location" in response.headers:
        # A person has an address of its own, which does not follow the referral's.
        response["Location"] = response["Location"].replace(request.path, "/api/v1/people")
    return response
