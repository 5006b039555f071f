"""The door for one's own data: anyone asks, is given a number, and sees later how it stands."""

import json
from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.actions import rights_receiving
from evenhand.queries import rights as known
from evenhand.queries.rights_pack import schema
from evenhand.queries.rights_shown import ReceiptShown
from evenhand.rules.officers import Acting
from evenhand.rules.public_doors import Door
from evenhand.web import times
from evenhand.web.for_everybody import for_everybody, in_language
from evenhand.web.public import door
from evenhand.web.public.documents import summary
from evenhand.web.public.rights_forms import KINDS, AskAboutDataForm
from evenhand.web.referrals.histories import as_file


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Take a request about one's own data, and give its receipt number."""
    form = AskAboutDataForm(request.POST if request.method == "POST" else None)

    def take(shown: str, now: Acting) -> HttpResponse:
        number = rights_receiving.receive(form.asked(), shown, acting=now)
        standing = summary(list(_rows(known.by_receipt(number))))
        context = {"receipt": number, "standing": standing}
        return render(request, "evenhand/public/rights_received.html", context)

    return door.taken(request, "rights", Door.RIGHTS, form, take)


@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Say how a request stands to whoever has its receipt number."""
    return door.to_who_has_a_number(
        request, "rights_receipt", lambda number: _standing(request, number)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def log_receipt(request: HttpRequest) -> HttpResponse:
    """Give whoever has a receipt number the proof that the log has the request, as a file."""
    if request.method != "POST":
        return redirect(in_language(reverse("public_rights_receipt")))
    return door.to_who_has_a_number(request, "rights_receipt", _proof)


@require_safe
@for_everybody
def pack_schema(_request: HttpRequest) -> HttpResponse:
    """Give the JSON Schema of a pack, for whoever is given one."""
    address = settings.PUBLIC_URL + reverse("rights_pack_schema")
    text = json.dumps(schema(address), indent=2, ensure_ascii=False)
    return HttpResponse(text + "\n", content_type="application/schema+json")


def _standing(request: HttpRequest, number: str) -> HttpResponse:
    found = known.by_receipt(number)
    shown = {
        "standing": summary(list(_rows(found))),
        "receipt": number,
        "is_signed": found.is_signed,
        "waits": found.waits_for is not None and not found.withdrawn_on,
        "is_answered": found.replied_on is not None,
    }
    return render(request, "evenhand/public/rights_standing.html", shown)


def _proof(number: str) -> HttpResponse:
    proof = known.log_receipt(number, log=settings.LOG_FOLDER)
    return as_file(proof, "receipt-of-request")


def _rows(found: ReceiptShown) -> Iterator[tuple[str, str]]:
    """Say how a request stands; how it was answered stands in the letter alone."""
    yield _("Our reference"), found.reference
    yield _("You asked"), str(KINDS[found.kind])
    yield _("Received on"), times.day(found.received_on)
    if found.replied_on:
        yield _("How it stands"), _("We have answered")
        yield _("Answered on"), times.day(found.replied_on)
    elif found.withdrawn_on:
        yield _("How it stands"), _("You have withdrawn it")
        yield _("Ended on"), times.day(found.withdrawn_on)
    elif found.waits_for:
        yield _("How it stands"), _("We have asked you something and wait for your answer")
    else:
        yield _("How it stands"), _("We are working on it")
        if found.answer_by:
            yield _("We answer by"), times.day(found.answer_by)
