"""The calls about requests for information: those that run, one of them, and every act on it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from evenhand.actions import (
    foi,
    foi_correcting,
    foi_counting,
    foi_letters,
    foi_parts,
    foi_sending,
)
from evenhand.actions.repeats import Reply as Kept
from evenhand.api import foi_bodies as bodies
from evenhand.api.asking import check_known
from evenhand.api.disposal_bodies import NothingMore
from evenhand.api.doing import answered_once
from evenhand.api.door import Call, Token, api
from evenhand.api.foi_bodies import (
    InformationRequest,
    Number,
    RegisterStatement,
    RequestLine,
    RequestLines,
    WhoAsked,
)
from evenhand.api.reading import JSON
from evenhand.api.reply import shown
from evenhand.api.values import Sent
from evenhand.queries import foi as known
from evenhand.queries import foi_statements
from evenhand.queries.foi import FoiLine
from evenhand.rules.foi import NUMBER, FoiStep
from evenhand.rules.foi_costs import Activity
from evenhand.rules.foi_neither import Denying
from evenhand.rules.foi_parts import Withholding
from evenhand.rules.foi_registers import Register
from evenhand.rules.foi_taking import Taken
from evenhand.rules.officers import Acting, Permission
from evenhand.rules.public_foi import FoiAsked, no_such_request
from evenhand.rules.texts import choose

ONE = "/information-requests/{number}"
PART = f"{ONE}/parts/{{part}}"
ANSWER: dict[str, Any] = {
    "auth": Token(Permission.ANSWER_FOI),
    "response": {200: InformationRequest},
    "tags": ["changes"],
}
APPROVE: dict[str, Any] = {**ANSWER, "auth": Token(Permission.APPROVE_FOI)}
LOOK: dict[str, Any] = {"auth": Token(Permission.READ_FOI), "tags": ["looks"]}


@api.get(
    "/information-requests",
    summary="List requests for information",
    response={200: RequestLines},
    **LOOK,
)
def information_requests(request: Call) -> HttpResponse:
    """List the requests that run, the most urgent first, and the last that were closed."""
    check_known(request)
    found = known.lines(officer=request.auth.officer)
    lists = {"running": map(_line, found.running), "closed": map(_line, found.closed)}
    return shown(RequestLines, {**{it: list(lists[it]) for it in lists}, "more": found.more})


@api.get(ONE, summary="Read a request", response={200: InformationRequest}, **LOOK)
def information_request(request: Call, number: Number) -> HttpResponse:
    """Give one request with all that happened. It is a look, and in the log first."""
    check_known(request)
    return HttpResponse(_found(_named(number), request.auth), content_type=JSON)


@api.get(
    f"{ONE}/requester",
    summary="Read who asked",
    auth=Token(Permission.READ_REQUESTER),
    response={200: WhoAsked},
    tags=["looks"],
)
def requester(request: Call, number: Number) -> HttpResponse:
    """Give who asked. Each look is an entry of the log."""
    check_known(request)
    return shown(WhoAsked, known.requester(_named(number), acting=request.auth))


@api.post(f"{ONE}/requester", summary="Correct how who asked is reached", **ANSWER)
def correct_reach(request: Call, number: Number, body: Sent[bodies.CorrectReach]) -> HttpResponse:
    """Correct where the reply goes. What is still owed and has not left goes there."""
    return _changed(request, number, partial(foi.reach, email=body.email, postal=body.postal))


@api.post(
    "/information-requests",
    summary="Log a request",
    **{**ANSWER, "response": {201: InformationRequest}},
)
def log_information_request(
    request: Call, body: Sent[bodies.LogInformationRequest]
) -> HttpResponse:
    """Log a request that came by mail or on paper, with the day on which it was received."""
    asked = FoiAsked(
        name=body.name,
        asked=body.asked,
        email=body.email,
        postal=body.postal,
        language=body.language,
    )

    def answer() -> Kept:
        number = foi.log(asked, body.channel, body.received_on, acting=request.auth)
        return Kept(201, _found(number, request.auth))

    return answered_once(request, answer)


@api.post(
    f"{ONE}/correction",
    summary="Correct a published reply",
    **{**ANSWER, "response": {201: InformationRequest}},
)
def correct_published(
    request: Call, number: Number, body: Sent[bodies.CorrectPublished]
) -> HttpResponse:
    """Begin to correct a reply that is published, once its request is erased or reached nobody.

    Gives the correction, which two officers answer and approve under a number of its own.
    """

    def answer() -> Kept:
        own = foi_correcting.begin(_named(number), body.text, acting=request.auth)
        return Kept(201, _found(own, request.auth))

    return answered_once(request, answer)


@api.post(f"{ONE}/steps", summary="Take a step", **ANSWER)
def take_step(request: Call, number: Number, body: Sent[bodies.TakeStep]) -> HttpResponse:
    """Enter something that happened; whoever asked is written to where the step says so."""
    taken = Taken(**body.model_dump())
    return _changed(request, number, partial(foi.take, taken=taken))


@api.post(
    f"{ONE}/review",
    summary="Answer a review of the reply",
    **{**ANSWER, "auth": Token(Permission.REVIEW_FOI)},
)
def answer_foi_review(
    request: Call, number: Number, body: Sent[bodies.AnswerFoiReview]
) -> HttpResponse:
    """Answer a review, as who had no hand in the reply; whoever asked is written to."""
    step = FoiStep.REVIEW_UPHELD if body.upheld else FoiStep.REVIEWED
    taken = Taken(step=step, on=body.on, text=body.text)
    return _changed(request, number, partial(foi.take, taken=taken))


@api.post(f"{ONE}/cost", summary="Estimate the cost", **ANSWER)
def estimate_cost(request: Call, number: Number, body: Sent[bodies.EstimateCost]) -> HttpResponse:
    """Estimate what answering would cost, by the four activities that count."""
    minutes = {it: getattr(body, it) for it in Activity}
    return _changed(request, number, partial(foi.estimate, minutes=minutes, like=body.like))


@api.post(f"{ONE}/holds", summary="Hold a record", **ANSWER)
def hold_record(request: Call, number: Number, body: Sent[bodies.HoldRecord]) -> HttpResponse:
    """Hold a record that the request is about, until no review of the reply can be asked for."""
    act = partial(foi.hold, reference=body.reference, reason=body.reason)
    return _changed(request, number, act)


@api.post(f"{ONE}/parts", summary="Add a part", **ANSWER)
def add_part(request: Call, number: Number, body: Sent[bodies.AddPart]) -> HttpResponse:
    """Write down a part of the request, in words that can be published."""
    act = partial(foi_parts.add, asked=body.asked, wants=body.wants, held_in=body.held_in)
    return _changed(request, number, act)


@api.post(f"{PART}/change", summary="Change a part", **ANSWER)
def change_part(
    request: Call, number: Number, part: int, body: Sent[bodies.ChangePart]
) -> HttpResponse:
    """Write down anew what a part asks, until the reply is written. It is answered anew."""
    act = partial(
        foi_parts.change,
        part=part,
        asked=body.asked,
        wants=body.wants,
        held_in=body.held_in,
        seen=body.version,
    )
    return _changed(request, number, act)


@api.post(f"{PART}/removal", summary="Remove a part", **ANSWER)
def remove_part(
    request: Call, number: Number, part: int, body: Sent[bodies.RemovePart]
) -> HttpResponse:
    """Remove a part that was written down wrongly, until the reply is written."""
    act = partial(foi_parts.remove, part=part, reason=body.reason, seen=body.version)
    return _changed(request, number, act)


@api.post(f"{PART}/answer", summary="Answer a part in words", **ANSWER)
def answer_part(
    request: Call, number: Number, part: int, body: Sent[bodies.GiveAnswer]
) -> HttpResponse:
    """Answer a part in words."""
    act = partial(foi_parts.give, part=part, answer=body.answer, seen=body.version)
    return _changed(request, number, act)


@api.get(
    f"{ONE}/registers/{{which}}",
    summary="Read what a register says",
    auth=Token(Permission.ANSWER_FOI),
    response={200: RegisterStatement},
    tags=["looks"],
)
def register_says(request: Call, number: Number, which: str, part: int = 0) -> HttpResponse:
    """Draft the answer of a register, to be read over before a part is answered with it.

    ``part``: which part; one that asks for a document is told of that document alone.
    """
    check_known(request, ["part"])
    register = choose(Register, which, at="which")
    today = timezone.localdate(request.auth.at)
    officer = request.auth.officer
    found = foi_statements.drafted(
        _named(number), register, part=part, today=today, officer=officer
    )
    return shown(RegisterStatement, found)


@api.post(f"{PART}/register", summary="Answer a part from a register", **ANSWER)
def answer_from_register(
    request: Call, number: Number, part: int, body: Sent[bodies.RegisterAnswer]
) -> HttpResponse:
    """Answer a part with what a register of the desk says."""
    act = partial(
        foi_parts.give_from,
        part=part,
        register=body.which,
        answer=body.answer,
        seen=body.version,
    )
    return _changed(request, number, act)


@api.post(f"{PART}/count", summary="Answer a part with a count", **ANSWER)
def count_part(
    request: Call, number: Number, part: int, body: Sent[bodies.CountAnswer]
) -> HttpResponse:
    """Answer a part with a number of the library, as at the day of receipt.

    While that day goes on, it is as at the last one that is over; the answer says which.
    """

    def act(named: str, *, acting: Acting) -> None:
        asked = {**body.model_dump(exclude={"version"}), "by": tuple(body.by)}
        foi_counting.give(named, part, **asked, seen=body.version, acting=acting)

    return _changed(request, number, act)


@api.post(f"{PART}/withholding", summary="Withhold a part", **ANSWER)
def withhold_part(
    request: Call, number: Number, part: int, body: Sent[bodies.WithholdPart]
) -> HttpResponse:
    """Withhold a part under an exemption, for a second officer to confirm."""
    said = Withholding(**body.model_dump(exclude={"version"}))
    act = partial(foi_parts.withhold, part=part, said=said, seen=body.version)
    return _changed(request, number, act)


@api.post(f"{PART}/not-held", summary="Say that a part is not held", **ANSWER)
def part_not_held(
    request: Call, number: Number, part: int, body: Sent[bodies.SayNotHeld]
) -> HttpResponse:
    """Say that a part is not held, for a second officer to confirm."""
    act = partial(
        foi_parts.not_held,
        part=part,
        why=body.why,
        none_answers=body.none_answers,
        seen=body.version,
    )
    return _changed(request, number, act)


@api.post(f"{PART}/neither", summary="Neither confirm nor deny a part", **ANSWER)
def neither_part(
    request: Call, number: Number, part: int, body: Sent[bodies.SayNeither]
) -> HttpResponse:
    """Neither confirm nor deny that a part is held, for a second officer to confirm."""
    said = Denying(**body.model_dump(exclude={"version"}))
    act = partial(foi_parts.neither, part=part, said=said, seen=body.version)
    return _changed(request, number, act)


@api.post(f"{PART}/confirmation", summary="Confirm what is not given", **APPROVE)
def confirm_part(
    request: Call, number: Number, part: int, body: Sent[bodies.ConfirmPart]
) -> HttpResponse:
    """Confirm, as a second officer, that a part is withheld or not held."""
    act = partial(foi_parts.confirm, part=part, seen=body.version, none_answers=body.none_answers)
    return _changed(request, number, act)


@api.post(f"{PART}/return", summary="Give a part back", **APPROVE)
def return_part(
    request: Call, number: Number, part: int, body: Sent[bodies.GiveBackPart]
) -> HttpResponse:
    """Decline, as a second officer, that a part is withheld or not held."""
    act = partial(foi_parts.decline, part=part, reason=body.reason, seen=body.version)
    return _changed(request, number, act)


@api.post(f"{ONE}/reply", summary="Write the reply", **ANSWER)
def write_reply(request: Call, number: Number, body: Sent[bodies.WriteReply]) -> HttpResponse:
    """Write the reply from its parts, the first or a further one, for a second officer."""
    act = partial(foi_letters.propose, title=body.title, help_text=body.help)
    return _changed(request, number, act)


@api.post(f"{ONE}/reply/approval", summary="Approve the reply", **APPROVE)
def approve_reply(request: Call, number: Number, body: Sent[bodies.ReplySeen]) -> HttpResponse:
    """Approve the reply as a second officer; it is sent, and published as it leaves."""
    return _changed(request, number, partial(foi_letters.approve, seen=body.letter))


@api.post(f"{ONE}/reply/return", summary="Give the reply back", **APPROVE)
def return_reply(request: Call, number: Number, body: Sent[bodies.GiveBackReply]) -> HttpResponse:
    """Give the reply back to be written anew."""
    act = partial(foi_letters.give_back, reason=body.reason, seen=body.letter)
    return _changed(request, number, act)


@api.post(f"{ONE}/letters/{{letter}}/departure", summary="Record that a letter left", **ANSWER)
def letter_left(
    request: Call, number: Number, letter: int, body: Sent[NothingMore]
) -> HttpResponse:
    """Record that a printed letter left today."""
    return _changed(request, number, partial(foi_sending.sent_by_hand, letter=letter))


def _changed(request: Call, number: str, act: Callable[..., object]) -> HttpResponse:
    """Do an act on a request, and give the request as it stands then."""

    def answer() -> Kept:
        named = _named(number)
        act(named, acting=request.auth)
        return Kept(200, _found(named, request.auth))

    return answered_once(request, answer)


def _named(number: str) -> str:
    if NUMBER.fullmatch(number) is None:
        raise no_such_request()
    return number


def _found(number: str, acting: Acting) -> bytes:
    found = known.one(number, acting=acting)
    line = _line(found.line).model_dump()
    rest = {
        it: getattr(found, it)
        for it in ("asked", "language", "steps", "parts", "letters", "cost", "holds")
    }
    held = found.holding
    rest["held_until"] = held.until if held else None
    rest["held_by"] = held.clock if held else None
    return InformationRequest.model_validate({**line, **rest}).as_json()


def _line(line: FoiLine) -> RequestLine:
    due = line.runs.due if line.runs else None
    return RequestLine(
        reference=line.number,
        channel=line.channel,
        received_on=line.received_on,
        standing=line.standing,
        clock=line.runs.clock if line.runs else None,
        due_on=due.target if due else None,
        waits_for=due.waits_for if due else None,
        readings=[bodies.ClockReading(text=it.text, on=it.on) for it in due.readings]
        if due
        else [],
        closed_on=line.closed_on,
        corrects=line.corrects,
    )
