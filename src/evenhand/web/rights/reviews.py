"""What a reply held back by law is looked at again, confirmed, and given after all."""

from collections.abc import Callable, Mapping
from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from evenhand.actions import rights_further, rights_reviews
from evenhand.queries import rights as known
from evenhand.queries import rights_pack
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.web.acting import acting as acting_of
from evenhand.web.as_seen import as_id, seen
from evenhand.web.drafting import answers
from evenhand.web.forms import HouseForm
from evenhand.web.one_form import shown_or_done
from evenhand.web.rights import packs
from evenhand.web.rights.forms import (
    APPROVE,
    ConfirmForm,
    FurtherForm,
    LookAgainForm,
    UnreachedForm,
)
from evenhand.web.rights.pages import FORM

REVIEW = "evenhand/rights/review.html"
Beside = tuple[str, Mapping[str, object]]
OneForm = TypeVar("OneForm", bound=HouseForm)


@require_http_methods(["GET", "HEAD", "POST"])
def look_again(
    request: HttpRequest, asked: str, person: str, table: str, row: UUID
) -> HttpResponse:
    """Say whether a piece that is held back by law stays so."""
    piece = f"{table}/{row}"

    def doing(form: LookAgainForm, acting: Acting) -> str:
        rights_reviews.look_again(asked, piece, form.review(), acting=acting)
        messages.success(request, _("It is entered. A second officer confirms it."))
        return reverse("rights_request", args=[asked])

    def beside(acting: Acting) -> Beside:
        drawn = _piece(asked, person, piece, acting)
        return REVIEW, {**drawn, "title": _("Look at this again"), "button": _("Enter it")}

    return _shown_or_done(request, Permission.HANDLE_RIGHTS, LookAgainForm, beside, doing)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, asked: str, person: str, table: str, row: UUID) -> HttpResponse:
    """Confirm a review as the second officer, or return it."""
    piece, found = f"{table}/{row}", as_id(seen(request))

    def doing(form: ConfirmForm, acting: Acting) -> str:
        said = form.cleaned_data
        approves = said["answer"] == APPROVE
        rights_reviews.answer(
            asked, piece, said["reason"], approves=approves, seen=found, acting=acting
        )
        messages.success(request, _("Your answer is recorded."))
        return reverse("rights_request", args=[asked])

    def beside(acting: Acting) -> Beside:
        drawn = _piece(asked, person, piece, acting)
        return REVIEW, {**drawn, "title": _("Confirm a review"), "button": _("Answer")}

    return _shown_or_done(request, Permission.APPROVE_RIGHTS, ConfirmForm, beside, doing)


@require_http_methods(["GET", "HEAD", "POST"])
def further(request: HttpRequest, asked: str) -> HttpResponse:
    """Write the letter that gives what was lifted."""

    def doing(form: FurtherForm, acting: Acting) -> str:
        letter = rights_further.propose(asked, form.cleaned_data["because"], acting=acting)
        messages.success(request, _("The letter is written. A second officer answers it."))
        return reverse("rights_letter", args=[asked, letter])

    def beside(acting: Acting) -> Beside:
        line = _("With it go the packs as they stand now, without what is held back still.")
        drawn = {"title": _("Give what was held back"), "button": _("Write the letter")}
        return FORM, {**_request(asked, acting), **drawn, "lines": [line]}

    return _shown_or_done(request, Permission.HANDLE_RIGHTS, FurtherForm, beside, doing)


@require_http_methods(["GET", "HEAD", "POST"])
def unreached(request: HttpRequest, asked: str) -> HttpResponse:
    """Record that whoever is to be given what was lifted cannot be reached."""

    def doing(form: UnreachedForm, acting: Acting) -> str:
        rights_further.unreached(asked, form.cleaned_data["tried"], acting=acting)
        messages.success(request, _("The request has ended."))
        return reverse("rights_request", args=[asked])

    def beside(acting: Acting) -> Beside:
        line = _(
            "The request ends, and so does the hold on what was found. How to reach them is erased"
            " after three months. If they write again, log a new request."
        )
        drawn = {"title": _("They cannot be reached"), "button": _("End the request")}
        return FORM, {**_request(asked, acting), **drawn, "lines": [line]}

    return _shown_or_done(request, Permission.HANDLE_RIGHTS, UnreachedForm, beside, doing)


def _shown_or_done(
    request: HttpRequest,
    needed: Permission,
    form_of: type[OneForm],
    beside: Callable[[Acting], Beside],
    doing: Callable[[OneForm, Acting], str],
) -> HttpResponse:
    """Show a page that is one form to who may, or do its act once."""
    acting = acting_of(request)
    check_may(acting.officer, needed)
    drawn = beside(acting)
    form = form_of(answers(request, acting))
    return shown_or_done(request, acting, form, lambda: doing(form, acting), drawn)


def _piece(asked: str, person: str, piece: str, acting: Acting) -> Mapping[str, object]:
    return packs.to_review(rights_pack.preview(asked, person, acting=acting), piece, asked)


def _request(asked: str, acting: Acting) -> Mapping[str, object]:
    known.one(asked, acting=acting)
    return {"caption": asked, "back": reverse("rights_request", args=[asked])}
