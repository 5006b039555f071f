"""What every public form has: its page, a sign of when that was shown, and where it came from.

No cookie but that of the form's protection, no session, and nothing of anybody else's.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from allauth.account.adapter import get_adapter
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from evenhand.actions import knocking
from evenhand.rules.officers import PUBLIC, Acting
from evenhand.rules.public_doors import MOST_TIME, Door, check_number, check_time_taken
from evenhand.rules.refusals import Refused
from evenhand.web.attempts import attempted
from evenhand.web.doorway import STATUS
from evenhand.web.forms import HouseForm, add_refusals
from evenhand.web.public.forms import ReceiptForm

SHOWN = "submission"
"""Under this name a public form carries its sign, as the officers' forms carry theirs."""
WRONG = 422
_SIGNER = signing.TimestampSigner(salt="evenhand.public-door")


def acting() -> Acting:
    """Say that somebody of the public acts, now."""
    return Acting(officer=PUBLIC, at=datetime.now(UTC), request=uuid4())


def sign_of(request: HttpRequest) -> str:
    """Give the sign for a form that is shown: that which was sent, or a new one."""
    sent = request.POST.get(SHOWN, "")
    return sent if _shown_at(sent) else _SIGNER.sign(uuid4().hex)


def come_in(request: HttpRequest, door: Door, now: Acting) -> str:
    """Let a form in that was sent; give which showing of the page it is.

    Raises SentTooSoon, ShownTooLongAgo and DoorBusy.
    """
    sent = request.POST.get(SHOWN, "")
    shown_at = _shown_at(sent)
    check_time_taken(now.at - shown_at if shown_at else None)
    knock(request, door, now)
    return showing(request)


def showing(request: HttpRequest) -> str:
    """Say which showing of the page a form comes from; one that this desk did not show is its own.

    The same showing, sent again, is done once.
    """
    sent = request.POST.get(SHOWN, "")
    return _SIGNER.unsign(sent) if _shown_at(sent) else uuid4().hex


def knock(request: HttpRequest, door: Door, now: Acting) -> None:
    """Count one use of a door from where this request came from. Raises DoorBusy."""
    knocking.knock(door, get_adapter().get_client_ip(request), at=now.at)


def drawn(
    request: HttpRequest, page: str, form: HouseForm, *, status: int = 200, **beside: object
) -> HttpResponse:
    """Show a public form on its page, with its sign."""
    shown = {"form": form, "name": SHOWN, "sign": sign_of(request), **beside}
    return render(request, f"evenhand/public/{page}.html", shown, status=status)


def drawn_again(
    request: HttpRequest, page: str, form: HouseForm, refused: Refused, **beside: object
) -> HttpResponse:
    """Show a public form again with what a rule refused."""
    add_refusals(form, refused)
    return drawn(request, page, form, status=STATUS[refused.kind], **beside)


def taken(
    request: HttpRequest,
    page: str,
    door: Door,
    form: HouseForm,
    take: Callable[[str, Acting], HttpResponse],
    beside: Callable[[], Mapping[str, Any]] = dict,
) -> HttpResponse:
    """Show a form, or take what was sent through a door and show what came of it.

    ``take`` is given which showing of the page it was; ``beside`` gives what the page has besides
    its form.
    """
    if request.method != "POST":
        return drawn(request, page, form, **beside())
    if not form.is_valid():
        return drawn(request, page, form, status=WRONG, **beside())
    now = acting()
    try:
        return take(come_in(request, door, now), now)
    except Refused as refused:
        attempted(request, refused)
        return drawn_again(request, page, form, refused, **beside())


def to_who_has_a_number(
    request: HttpRequest, page: str, answer: Callable[[str], HttpResponse]
) -> HttpResponse:
    """Answer whoever sent a receipt number that is one; to anybody else show the form for it."""
    if request.method != "POST":
        return drawn(request, page, ReceiptForm())
    form = ReceiptForm(request.POST)
    if not form.is_valid():
        return drawn(request, page, form, status=WRONG)
    try:
        check_number(form.cleaned_data["receipt"])
        knock(request, Door.RECEIPT, acting())
        return answer(form.cleaned_data["receipt"])
    except Refused as refused:
        attempted(request, refused)
        return drawn_again(request, page, form, refused)


def _shown_at(sign: str) -> datetime | None:
    """Say when a form was shown, if this desk showed it within a day."""
    try:
        _SIGNER.unsign(sign, max_age=MOST_TIME)
    except signing.BadSignature:
        return None
    since = signing.b62_decode(sign.rsplit(":", 2)[1])
    return datetime.fromtimestamp(since, UTC)
