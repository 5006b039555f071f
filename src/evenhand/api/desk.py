"""The calls that look at the desk around referrals: what is due, who is there, where notices go."""

from typing import Annotated, Any

from django.http import HttpResponse
from django.utils import timezone
from pydantic import Field

from evenhand.api.asking import ACursor, check_known, entry_number
from evenhand.api.desk_replies import Colleagues, DueReferrals, DueStep, OwnEntries, Platforms
from evenhand.api.door import Call, Token, api
from evenhand.api.reply import shown
from evenhand.api.values import Chosen, cursor_field
from evenhand.queries import due, officers, own, platforms
from evenhand.rules.clocks import NextStep
from evenhand.rules.officers import Permission
from evenhand.rules.texts import SHORT

LOOKS: dict[str, Any] = {"tags": ["looks"]}
AStep = Annotated[
    DueStep,
    Chosen(DueStep),
    Field(description="Only this step; or what is put off to a later day"),
]
ADueCursor = Annotated[str, cursor_field(pattern="^([0-9]{1,16}-[0-9]{1,18})?$")]
ACode = Annotated[str, cursor_field(maxLength=SHORT)]


@api.get(
    "/overdue",
    summary="List what is overdue",
    auth=Token(Permission.LIST_REFERRALS),
    response={200: DueReferrals},
    **LOOKS,
)
def overdue(
    request: Call, step: AStep = DueStep.EVERYTHING, cursor: ADueCursor = ""
) -> HttpResponse:
    """List referrals whose next step is overdue, or put off, the soonest due first. No words."""
    check_known(request, ["step", "cursor"])
    asking, now = request.auth.officer, request.auth.at
    if step is DueStep.PUT_OFF:
        return shown(DueReferrals, due.put_off(cursor, officer=asking, now=now))
    one = NextStep(step) if step else None
    return shown(DueReferrals, due.overdue(one, cursor, officer=asking, now=now))


@api.get(
    "/platforms",
    summary="List platforms",
    auth=Token(Permission.READ_PLATFORMS),
    response={200: Platforms},
    **LOOKS,
)
def list_platforms(request: Call, cursor: ACode = "") -> HttpResponse:
    """List platforms with their sign-offs. A channel without one takes no notice."""
    check_known(request, ["cursor"])
    return shown(Platforms, platforms.signed_off(cursor, officer=request.auth.officer))


@api.get(
    "/colleagues",
    summary="List colleagues",
    auth=Token(Permission.HAND_OVER),
    response={200: Colleagues},
    **LOOKS,
)
def colleagues(request: Call) -> HttpResponse:
    """List who works on referrals here, who is away, and who stands in."""
    check_known(request)
    team = officers.team(today=timezone.localdate(request.auth.at))
    return shown(Colleagues, {"items": team})


@api.get(
    "/entries",
    summary="Read what was done in one’s own name",
    response={200: OwnEntries},
    **LOOKS,
)
def entries(request: Call, cursor: ACursor = "") -> HttpResponse:
    """Give what the log holds in the caller's name, by page or by token, the newest first."""
    check_known(request, ["cursor"])
    before = entry_number(cursor) if cursor else None
    return shown(OwnEntries, own.entries(before=before, officer=request.auth.officer))
