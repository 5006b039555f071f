"""The calls that log a referral and that look at what the desk has."""

from http import HTTPStatus
from typing import Annotated, Any

from django.http import HttpResponse
from django.utils import timezone
from ninja.params.models import Query
from pydantic import Field

from evenhand.actions import referrals
from evenhand.actions.repeats import Reply as Answer
from evenhand.api.asking import Asked, Search, check_known
from evenhand.api.counting import Counts, Errors
from evenhand.api.doing import KEY, answered_once, done_once
from evenhand.api.door import Call, Token, api
from evenhand.api.log_bodies import Log, continuing_of
from evenhand.api.replies import Forms, Notes, Referral, Referrals, Sheet, Summary
from evenhand.api.reply import shown
from evenhand.api.steps import Steps
from evenhand.api.values import Chosen, Reference, Sent, cursor_field, day
from evenhand.queries import all_steps, notice_forms, sheets
from evenhand.queries import counts as monthly
from evenhand.queries import notes as between
from evenhand.queries import referral as one
from evenhand.queries import referrals as several
from evenhand.rules.counting import check_known_then, month_of, read_month
from evenhand.rules.intake import Intake
from evenhand.rules.notices import NoticeKind
from evenhand.rules.officers import Permission
from evenhand.rules.sheets import SheetKind

LOOKS: dict[str, Any] = {"tags": ["looks"]}
APlace = Annotated[str, cursor_field(pattern="^([0-9]{1,16}-[0-9a-f]{32})?$")]
AMonth = Annotated[
    str,
    Field(
        description="A month of the desk’s own time zone, such as 2026-05",
        json_schema_extra={"pattern": "^([0-9]{4}-(0[1-9]|1[0-2]))?$"},
    ),
]
ADay = Annotated[
    str,
    Field(
        description="As the desk knew it at the end of this day; now if not sent",
        json_schema_extra={"anyOf": [{"format": "date"}, {"maxLength": 0}]},
    ),
]
AKind = Annotated[SheetKind, Chosen(), Field(description="What would be sent")]


@api.post(
    "/referrals",
    summary="Log a referral",
    auth=Token(Permission.LOG),
    response={201: Summary},
    tags=["changes"],
)
def log(request: Call, body: Sent[Log]) -> HttpResponse:
    """Log one public address as a referral."""
    acting = request.auth
    intake = Intake(
        source=body.source,
        source_detail=body.source_detail,
        public_without_login=body.public_without_login,
        observed_at=body.observed_at or acting.at,
        content_type=body.content_type,
        language=body.language,
        description=body.description,
    )
    continuing = continuing_of(body)
    content = referrals.admit(body.url, intake, acting=acting, key=request.headers.get(KEY, ""))

    def doing() -> str:
        return referrals.log(
            content,
            body.url,
            intake,
            continuing=continuing,
            authorisation=body.authorisation,
            acting=acting,
        )

    return done_once(request, doing, status=HTTPStatus.CREATED)


@api.get("/referrals", summary="List referrals", response={200: Referrals}, **LOOKS)
def find(request: Call, asked: Annotated[Asked, Query(...)]) -> HttpResponse:
    """List referrals, newest first, a page at a time.

    A page may hold fewer referrals than others, or none, and still have a next one: one look goes
    through a limited number of referrals. The list is at its end when next is null.
    """
    check_known(request, Asked.model_fields)
    wanted = asked.as_filter(now=request.auth.at)
    return shown(Referrals, several.find(wanted, acting=request.auth))


@api.post(
    "/referrals/search",
    summary="Find referrals by words",
    auth=Token(Permission.LIST_REFERRALS),
    response={200: Referrals},
    **LOOKS,
)
def search(request: Call, body: Sent[Search]) -> HttpResponse:
    """Find as GET /referrals does, with the words in the body: no address and no log holds them."""
    wanted = body.as_filter(now=request.auth.at)

    def answer() -> Answer:
        found = several.find(wanted, acting=request.auth)
        shown = tuple(it.reference for it in found.lines)
        return Answer(200, Referrals.model_validate(found).as_json(), about=shown)

    return answered_once(request, answer)


@api.get("/referrals/{reference}", summary="Read a referral", response={200: Referral}, **LOOKS)
def read(request: Call, reference: Reference) -> HttpResponse:
    """Give what the desk holds on one referral, with the latest steps of each kind."""
    check_known(request)
    return shown(Referral, one.one(reference, acting=request.auth))


@api.get(
    "/referrals/{reference}/steps",
    summary="Read all steps on a referral",
    response={200: Steps},
    **LOOKS,
)
def steps(request: Call, reference: Reference, cursor: APlace = "") -> HttpResponse:
    """Give every step on one referral, with its words, the latest first, a page at a time."""
    check_known(request, ["cursor"])
    return shown(Steps, Steps.of(all_steps.of(reference, cursor, acting=request.auth)))


@api.get("/counts", summary="Count one month", response={200: Counts}, **LOOKS)
def counts(request: Call, month: AMonth = "", as_at: ADay = "") -> HttpResponse:
    """Count one month of the desk exactly, each number with its definition; this one if not sent.

    What was assessed and not referred is counted beside what was referred. As at a day that is over
    the numbers are the same whenever you ask.
    """
    check_known(request, ["month", "as_at"])
    today = timezone.localdate(request.auth.at)
    chosen = read_month(month, today=today)
    then = day(as_at, at="as_at") if as_at else None
    if then:
        check_known_then(then, since=monthly.known_since(), today=today)
    return shown(Counts, monthly.count(chosen, officer=request.auth.officer, as_at=then))


@api.get("/counts/errors", summary="Count our own errors", response={200: Errors}, **LOOKS)
def errors(request: Call) -> HttpResponse:
    """Count, over twelve months with this one, what platforms declined because of how we asked."""
    last = month_of(timezone.localdate(request.auth.at))
    found = monthly.decided(last.year_before, last, officer=request.auth.officer)
    months = {"first": str(last.year_before), "last": str(last)}
    rates = {"all": found.all, "grounds": found.grounds, "platforms": found.platforms}
    return shown(Errors, months | rates | {"upheld": found.upheld})


@api.get(
    "/referrals/{reference}/sheet",
    summary="Read a referral’s portal sheet",
    response={200: Sheet},
    **LOOKS,
)
def sheet(request: Call, reference: Reference, kind: AKind = SheetKind.REFERRAL) -> HttpResponse:
    """Give the fields of the platform's form, filled for this referral or its next reminder."""
    check_known(request, ["kind"])
    return shown(Sheet, sheets.one(reference, NoticeKind(kind), acting=request.auth))


@api.get(
    "/referrals/{reference}/forms",
    summary="Compare a referral’s forms of notice",
    auth=Token(Permission.READ_WORDS),
    response={200: Forms},
    **LOOKS,
)
def forms(request: Call, reference: Reference) -> HttpResponse:
    """Give an assessed referral in every form of notice, with what each leaves out."""
    return shown(Forms, {"forms": notice_forms.compared(reference, acting=request.auth)})


@api.get(
    "/referrals/{reference}/notes",
    summary="Read a referral’s notes",
    auth=Token(Permission.READ_WORDS),
    response={200: Notes},
    **LOOKS,
)
def notes(request: Call, reference: Reference, cursor: APlace = "") -> HttpResponse:
    """Give what officers told each other about a referral, oldest first, a page at a time."""
    check_known(request, ["cursor"])
    return shown(Notes, between.notes_on(reference, cursor, acting=request.auth))
