"""The calls about requests of people about their data: each answers with no word of anybody's."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from pydantic import Field

from evenhand.actions import (
    rights,
    rights_letters,
    rights_receiving,
    rights_sending,
    rights_withdrawing,
)
from evenhand.actions.repeats import Reply as Answer
from evenhand.api.asking import check_known
from evenhand.api.doing import answered_once
from evenhand.api.door import Call, Token, api
from evenhand.api.people_bodies import PersonReference
from evenhand.api.reply import OrNothing, Reply, shown
from evenhand.api.rights_bodies import (
    Acknowledge,
    ALetter,
    AnswerLetter,
    AskedReference,
    EnterEvent,
    GiveAfterAll,
    HoldBack,
    LogAsking,
    ProposeReply,
    SayWhose,
    SearchFor,
    SendLetter,
    Withdraw,
)
from evenhand.api.values import Sent
from evenhand.queries import rights as known
from evenhand.queries import rights_pack, rights_reviews
from evenhand.queries.rights_reviews import Waits
from evenhand.rules.clocks_events import Happened
from evenhand.rules.officers import Acting, Permission
from evenhand.rules.people_finding import Key
from evenhand.rules.public_rights import RightsAsked, RightsKind
from evenhand.rules.rights import CameBy, Mark, RightsStanding
from evenhand.rules.rights_replies import LetterKind, LetterStanding, RightsOutcome
from evenhand.rules.rights_replies import Reply as Proposed

READ, HANDLE = Token(Permission.READ_RIGHTS), Token(Permission.HANDLE_RIGHTS)
ONE = "/rights/{asked}"
LETTER = f"{ONE}/letters/{{letter}}"


class RightsLine(Reply):
    """One request and its clock, without a name or a word."""

    reference: str
    kind: RightsKind
    came_by: CameBy
    received_on: date
    standing: RightsStanding
    answer_by: date | None = Field(description="The earliest last day of all texts")
    latest: date | None = Field(description="The latest that any text allows")
    waits_for: Happened | None
    acknowledge_by: date | None
    outcome: RightsOutcome | None
    replied_at: datetime | None
    withdrawn_at: datetime | None
    unreached_at: datetime | None


class WaitingReview(Reply):
    """A request of which something that was held back by law waits, and since when."""

    reference: str
    waits: Waits
    pieces: int
    since: date


class RightsLines(Reply):
    """The requests that nobody has answered, what is due first at the top."""

    items: list[RightsLine]
    more: bool = Field(description="More wait than are listed: those came last")
    reviews: list[WaitingReview] = Field(
        description="Answered requests: held back and to be looked at again, confirmed or given"
    )


class LetterLine(Reply):
    """One letter, without its words."""

    id: UUID
    kind: LetterKind
    outcome: RightsOutcome | None
    standing: LetterStanding
    packs: list[str] = Field(description="The records of which a pack goes with it")


class FoundLine(Reply):
    """One record that was found; ``theirs`` is null while nobody said so."""

    person: str
    theirs: bool | None


class HeldBackLine(Reply):
    """One piece that is held back by law, or was; ``waits``: a review of it waits."""

    person: str
    piece: str
    review_on: date | None
    lifted: bool
    waits: bool
    review: UUID | None = Field(description="Which review waits: who answers it names it")


class RightsRequest(RightsLine):
    """One request, what was found for it, and its letters; nothing of what they say."""

    searches: int
    found: list[FoundLine]
    letters: list[LetterLine]
    held_back: list[HeldBackLine]


class RightsWords(Reply):
    """What somebody asks, and who they are."""

    reference: str
    name: str
    birth_date: date | None
    wish: OrNothing


class Pack(Reply):
    """What is given of one record; its schema is published at /public/rights."""

    version: int
    language: str = Field(description="The language of the pack: en or cy")
    request: str
    made_on: date
    desk: dict[str, str]
    record: str
    roles: list[str]
    information: dict[str, Any]
    facts: list[dict[str, Any]]
    assessments: list[dict[str, Any]]
    sections: list[dict[str, Any]]


LIST: dict[str, Any] = {"auth": READ, "tags": ["rights"]}
DO: dict[str, Any] = {"response": {200: RightsRequest}, "tags": ["rights"]}


@api.get("/rights", summary="List requests about data", response={200: RightsLines}, **LIST)
def list_rights(request: Call) -> HttpResponse:
    """List the requests that nobody has answered, by their clock, without a name."""
    check_known(request)
    officer = request.auth.officer
    items, more = known.briefly(officer=officer), known.is_more(officer=officer)
    reviews = rights_reviews.due(acting=request.auth)
    return shown(RightsLines, {"items": items, "more": more, "reviews": reviews})


@api.post(
    "/rights",
    summary="Log a request about data",
    auth=HANDLE,
    response={201: RightsRequest},
    tags=["rights"],
)
def log_request(request: Call, body: Sent[LogAsking]) -> HttpResponse:
    """Log a request that came by mail or on paper, with the day on which it came."""
    said = RightsAsked(
        kind=body.kind,
        name=body.name,
        wish=body.wish,
        birth_date=body.birth_date,
        email=body.email,
        postal=body.postal,
        language=body.language,
    )

    def answer() -> Answer:
        acting = request.auth
        reference = rights_receiving.log(said, body.came_by, body.received_on, acting=acting)
        return _brief(reference, acting, status=HTTPStatus.CREATED)

    return answered_once(request, answer)


@api.get(ONE, summary="Show a request about data", auth=READ, **DO)
def show_request(request: Call, asked: AskedReference) -> HttpResponse:
    """Give one request with its clock, what was found, and its letters."""
    check_known(request)
    return shown(RightsRequest, known.brief(asked, officer=request.auth.officer))


@api.get(f"{ONE}/words", summary="Read a request about data", response={200: RightsWords}, **LIST)
def read_request(request: Call, asked: AskedReference) -> HttpResponse:
    """Give what somebody asks and who they are. It is a look, also at each record found."""
    check_known(request)
    found = known.one(asked, acting=request.auth)
    said = {"reference": asked, "name": found.name, "birth_date": found.birth_date}
    return shown(RightsWords, {**said, "wish": found.wish})


@api.post(f"{ONE}/events", summary="Enter what happened", auth=HANDLE, **DO)
def enter_event(request: Call, asked: AskedReference, body: Sent[EnterEvent]) -> HttpResponse:
    """Enter what happened and moves the clock; what is asked of the person goes into a letter."""
    act = partial(rights.move, asked, body.what, body.on, body.reasons, because=body.because)
    return changed(request, asked, act)


@api.post(f"{ONE}/searches", summary="Search for a request", auth=HANDLE, **DO)
def search_for_request(request: Call, asked: AskedReference, body: Sent[SearchFor]) -> HttpResponse:
    """Search by one exact key. The search is kept, also where nobody is found.

    A name without a birth date finds records that have none.
    """
    key = Key(name=body.name, birth_date=body.birth_date, reference=body.reference)
    return changed(request, asked, partial(rights.search, asked, key))


@api.post(f"{ONE}/found/{{person}}", summary="Say whose a record is", auth=HANDLE, **DO)
def say_whose(
    request: Call, asked: AskedReference, person: PersonReference, body: Sent[SayWhose]
) -> HttpResponse:
    """Say whether a record that was found is that of the person who asks."""
    act = partial(rights.settle_hit, asked, person, is_theirs=body.theirs, reason=body.reason)
    return changed(request, asked, act)


@api.post(f"{ONE}/marks", summary="Hold a piece back", auth=HANDLE, **DO)
def hold_back(request: Call, asked: AskedReference, body: Sent[HoldBack]) -> HttpResponse:
    """Hold one piece of a record back. It counts once a second officer approves the reply."""
    mark = Mark(
        withheld=body.withheld,
        reasons=body.reasons,
        ground=body.ground,
        lawyer=body.lawyer,
        review_on=body.review_on,
    )
    return changed(request, asked, partial(rights.hold_back, asked, body.person, body.piece, mark))


@api.post(f"{ONE}/marks/end", summary="Give a piece after all", auth=HANDLE, **DO)
def give_after_all(request: Call, asked: AskedReference, body: Sent[GiveAfterAll]) -> HttpResponse:
    """Take a mark back: the piece is given."""
    return changed(request, asked, partial(rights.give_after_all, asked, body.piece))


@api.post(f"{ONE}/acknowledgement", summary="Acknowledge a complaint", auth=HANDLE, **DO)
def acknowledge_complaint(
    request: Call, asked: AskedReference, body: Sent[Acknowledge]
) -> HttpResponse:
    """Write that a complaint was received. The letter then waits to be sent."""
    return changed(request, asked, partial(rights_letters.acknowledge, asked))


@api.post(f"{ONE}/withdrawal", summary="End what was withdrawn", auth=HANDLE, **DO)
def withdraw_request(request: Call, asked: AskedReference, body: Sent[Withdraw]) -> HttpResponse:
    """Record that whoever asked withdrew it, and how they told it. The letter waits to be sent."""
    return changed(request, asked, partial(rights_withdrawing.withdraw, asked, body.told))


@api.post(f"{ONE}/replies", summary="Propose a reply", auth=HANDLE, **DO)
def propose_reply(request: Call, asked: AskedReference, body: Sent[ProposeReply]) -> HttpResponse:
    """Propose how a request is answered, with the letter and the packs as they will be sent."""
    said = Proposed(outcome=body.outcome, reasons=body.reasons, because=body.because)
    return changed(request, asked, partial(rights_letters.propose, asked, said))


@api.post(f"{LETTER}/answer", summary="Answer a reply", auth=Token(Permission.APPROVE_RIGHTS), **DO)
def answer_letter(
    request: Call, asked: AskedReference, letter: ALetter, body: Sent[AnswerLetter]
) -> HttpResponse:
    """Approve a reply as the second officer, or return it."""
    act = partial(rights_letters.answer, asked, letter, body.reason, approves=body.approve)
    return changed(request, asked, act)


@api.post(f"{LETTER}/send", summary="Send a letter", auth=HANDLE, **DO)
def send_letter(
    request: Call, asked: AskedReference, letter: ALetter, body: Sent[SendLetter]
) -> HttpResponse:
    """Have a letter mailed, or record that it was printed and posted."""
    return changed(request, asked, partial(rights_sending.send, asked, letter, body.route))


@api.get(f"{LETTER}/packs/{{person}}", summary="Read a pack", response={200: Pack}, **LIST)
def read_pack(
    request: Call, asked: AskedReference, letter: ALetter, person: PersonReference
) -> HttpResponse:
    """Give a pack as it goes with a letter. Each time is an entry of the log."""
    check_known(request)
    return shown(Pack, rights_pack.drawn(asked, letter, person, acting=request.auth))


def changed(request: Call, asked: str, act: Callable[..., object]) -> HttpResponse:
    """Do something with a request once, and give how it stands."""

    def answer() -> Answer:
        act(acting=request.auth)
        return _brief(asked, request.auth)

    return answered_once(request, answer)


def _brief(asked: str, acting: Acting, *, status: int = HTTPStatus.OK) -> Answer:
    found = known.brief(asked, officer=acting.officer)
    return Answer(status, RightsRequest.model_validate(found).as_json(), about=(asked,))
