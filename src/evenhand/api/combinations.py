"""The calls that find a person by an exact key, and say whether two records are one person's."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from pydantic import ConfigDict, Field, WithJsonSchema

from evenhand.actions import combinations
from evenhand.actions.repeats import Reply as Kept
from evenhand.api.asking import check_known
from evenhand.api.bodies import Needed
from evenhand.api.doing import answered_once
from evenhand.api.door import Call, Token, api
from evenhand.api.reading import JSON
from evenhand.api.reply import Reply
from evenhand.api.values import CallBody, Choice, Day, Reference, Sent, ShortText
from evenhand.queries import people_count, people_finding
from evenhand.rules.combinations import CombinationStanding
from evenhand.rules.officers import Acting, Permission
from evenhand.rules.people import PersonStanding
from evenhand.rules.people_finding import Key
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.referrals import NotFound
from evenhand.rules.words import words

PersonReference = Annotated[
    str, WithJsonSchema({"type": "string", "pattern": "^P-[2-9A-HJ-NP-Z]{8}$"})
]
PairReference = Annotated[str, WithJsonSchema({"type": "string", "format": "uuid"})]
LOOKS: dict[str, Any] = {"tags": ["looks"]}
CHANGES: dict[str, Any] = {"tags": ["changes"]}
JOIN = Token(Permission.JOIN_PEOPLE)


class Same(StrEnum):
    """Whether two records are the same person."""

    SAME = "same"
    APART = "apart"


class PairAnswer(StrEnum):
    """What the second officer answers; or that two joined records are taken apart again."""

    JOIN = "join"
    REFUSE = "refuse"
    UNDO = "undo"


class FindPerson(CallBody):
    """One exact key, and why: a whole name with the birth date, or the record's reference."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"reason": "She rang.", "reference": "P-7K3M9XQA"}}
    )

    reason: Needed
    name: ShortText = ""
    birth_date: Day | None = None
    reference: ShortText = ""


class TellApart(CallBody):
    """Whether an exact match is the same person, and how that is known."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"other": "P-7K3M9XQA", "answer": "apart", "reason": "Another mother."}
        }
    )

    other: Needed
    answer: Choice[Same]
    reason: Needed


class AnswerPair(CallBody):
    """The second officer's answer, and why."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"answer": "join", "reason": "The same street."}}
    )

    answer: Choice[PairAnswer]
    reason: Needed


class RoleThere(Reply):
    """What a person is in one referral."""

    referral: str
    role: PersonRole


class PersonHit(Reply):
    """A record that was found; of a restricted one, only that it is, to who may not read it."""

    reference: str
    standing: PersonStanding
    name: str
    birth_date: date | None
    roles: list[RoleThere]


class PersonHits(Reply):
    """At most five records."""

    items: Annotated[list[PersonHit], Field(max_length=5)]


class WaitingPair(Reply):
    """Two records, by reference only."""

    reference: UUID = Field(validation_alias="ref")
    first: str
    second: str
    standing: CombinationStanding
    decided_by: str


class WaitingPairs(Reply):
    """Records to be told apart, pairs that wait for a second officer, and those joined lately."""

    to_tell_apart: list[str] = Field(
        description="Records with exact matches that nobody has told apart; of two held ones, one"
    )
    waiting: list[WaitingPair]
    joined: list[WaitingPair]


class CountOfPeople(Reply):
    """How many records and people are on record. ``system``: empty for all together."""

    system: str
    records: int
    people: int


class CountsOfPeople(Reply):
    """The people on record, all together first, then by the system that they come from."""

    items: list[CountOfPeople]


@api.post(
    "/referrals/{reference}/people/search",
    summary="Find a person",
    auth=Token(Permission.FIND_PERSON),
    response={200: PersonHits},
    **LOOKS,
)
def find_person(request: Call, reference: Reference, body: Sent[FindPerson]) -> HttpResponse:
    """Find who has exactly this key, for this referral. The search and each hit are entries.

    It is looked for anew each time, whatever the idempotency key: no answer is kept.
    """
    key = Key(name=body.name, birth_date=body.birth_date, reference=body.reference)
    found = people_finding.find(key, referral=reference, reason=body.reason, acting=request.auth)
    return _shown(PersonHits.model_validate({"items": found}))


@api.get(
    "/people/counts",
    summary="Count the people on record",
    auth=Token(Permission.LIST_REFERRALS),
    response={200: CountsOfPeople},
    **LOOKS,
)
def people_on_record(request: Call) -> HttpResponse:
    """Count people once each, however many records are joined. It is about nobody."""
    check_known(request)
    found = people_count.on_record(officer=request.auth.officer)
    return _shown(CountsOfPeople.model_validate({"items": found}))


@api.get(
    "/people/pairs",
    summary="List records to compare",
    auth=JOIN,
    response={200: WaitingPairs},
    **LOOKS,
)
def pairs(request: Call) -> HttpResponse:
    """List pairs of records by reference only."""
    check_known(request)
    return _shown(_pairs(request.auth))


@api.get(
    "/people/{reference}/matches",
    summary="Show a record’s exact matches",
    auth=JOIN,
    response={200: PersonHits},
    **LOOKS,
)
def matches(request: Call, reference: PersonReference) -> HttpResponse:
    """Give the records of which nobody said yet whether they are the same. Each is a look."""
    check_known(request)
    found = people_finding.to_tell_apart(reference, acting=request.auth)
    return _shown(PersonHits.model_validate({"items": found}))


@api.post(
    "/people/{reference}/matches",
    summary="Say whether a match is the same person",
    auth=JOIN,
    response={200: WaitingPairs},
    **CHANGES,
)
def tell_apart(request: Call, reference: PersonReference, body: Sent[TellApart]) -> HttpResponse:
    """Tell two records apart, or propose to join them."""
    act = combinations.propose if body.answer is Same.SAME else combinations.tell_apart
    return _changed(request, partial(act, reference, body.other, body.reason))


@api.post(
    "/people/pairs/{reference}/answers",
    summary="Join two records, or not",
    auth=JOIN,
    response={200: WaitingPairs},
    **CHANGES,
)
def answer_pair(request: Call, reference: PairReference, body: Sent[AnswerPair]) -> HttpResponse:
    """Answer a proposal as the second officer, or take joined records apart again."""
    act = {
        PairAnswer.JOIN: combinations.join,
        PairAnswer.REFUSE: combinations.refuse,
        PairAnswer.UNDO: combinations.undo,
    }[body.answer]
    return _changed(request, partial(act, _pair(reference), body.reason))


def _pair(reference: str) -> UUID:
    try:
        return UUID(reference)
    except ValueError as error:
        raise NotFound(
            words("There are no such two records."), do=words("Look at what waits for you.")
        ) from error


def _changed(request: Call, act: Callable[..., object]) -> HttpResponse:
    """Do an act on a pair, and give what waits then."""

    def answer() -> Kept:
        act(acting=request.auth)
        return Kept(200, _pairs(request.auth).as_json())

    return answered_once(request, answer)


def _pairs(acting: Acting) -> WaitingPairs:
    return WaitingPairs.model_validate(
        {
            "to_tell_apart": people_finding.with_matches(acting=acting),
            "waiting": people_finding.waiting(acting=acting),
            "joined": people_finding.joined_lately(acting=acting),
        }
    )


def _shown(reply: Reply) -> HttpResponse:
    return HttpResponse(reply.as_json(), content_type=JSON)
