"""The call that logs several addresses in one go, each with an answer of its own."""

from http import HTTPStatus

from django.http import HttpResponse

from evenhand.actions import batches
from evenhand.actions.batches import Listed
from evenhand.actions.referrals import admit_as_public
from evenhand.actions.repeats import Reply
from evenhand.api.doing import KEY, answered_once
from evenhand.api.door import Call, Token, api, attempted
from evenhand.api.log_bodies import LogBatch, continuing_of
from evenhand.api.problems import STATUS, told
from evenhand.api.replies import Batch, BatchLine, Problem, Summary
from evenhand.api.values import Sent
from evenhand.queries import summary
from evenhand.rules.intake import Intake, check_number_of_addresses
from evenhand.rules.officers import Acting, Permission
from evenhand.rules.refusals import Refused


@api.post(
    "/referrals/batch",
    summary="Log several referrals",
    auth=Token(Permission.LOG),
    response={200: Batch},
    tags=["changes"],
)
def log_batch(request: Call, body: Sent[LogBatch]) -> HttpResponse:
    """Log up to 50 public addresses, each as a referral or with why it alone was refused.

    The items stand in the order of ``urls``. Each has the ``status`` that logging its address
    alone would have been answered with. A refused address does not stop the others. What is said
    of all of them is checked first, and refuses the call as a whole.
    """
    acting = request.auth
    _check_number(len(body.urls))
    admit_as_public(body.public_without_login, acting=acting, key=request.headers.get(KEY, ""))
    intake = Intake(
        source=body.source,
        source_detail=body.source_detail,
        public_without_login=body.public_without_login,
        observed_at=body.observed_at or acting.at,
        content_type=body.content_type,
        language=body.language,
        description=body.description,
    )
    listed = [Listed(it.url, continuing_of(it), it.authorisation) for it in body.urls]

    refusals: list[Refused] = []

    def answer() -> Reply:
        found = batches.log_each(listed, intake, acting=acting)
        lines = [_line(place, it, acting) for place, it in enumerate(found)]
        logged = tuple(it for it in found if isinstance(it, str))
        refusals.extend(it for it in found if isinstance(it, Refused))
        return Reply(HTTPStatus.OK, Batch(items=lines).as_json(), about=logged)

    answered = answered_once(request, answer)
    for refused in refusals:
        attempted(request, refused)
    return answered


def _line(place: int, found: str | Refused, acting: Acting) -> BatchLine:
    if isinstance(found, str):
        brief = summary.in_brief(found, officer=acting.officer)
        return BatchLine(status=HTTPStatus.CREATED, referral=Summary.model_validate(brief))
    for one in found.every:
        one.at = f"urls/{place}/{one.at or 'url'}"
    return BatchLine(status=STATUS[found.kind], problem=Problem.model_validate(told(found)))


def _check_number(count: int) -> None:
    try:
        check_number_of_addresses(count)
    except Refused as refused:
        refused.at = "urls"
        raise
