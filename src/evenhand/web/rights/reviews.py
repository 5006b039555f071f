"""What a reply held back by law is looked at again, confirmed, and given after all."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from evenhand.actions import rights_further, rights_reviews
from evenhand.queries import rights as known
from evenhand.queries import rights_pack
from evenhand.rules.officers import Permission, check_may
from evenhand.web.acting import acting as acting_of
from evenhand.web.drafting import answers
from evenhand.web.one_form import shown_or_done
from evenhand.web.rights import packs
from evenhand.web.rights.forms import APPROVE, ConfirmForm, FurtherForm, LookAgainForm

FORM = "evenhand/rights/review.html"


@require_http_methods(["GET", "HEAD", "POST"])
def look_again(
    request: HttpRequest, asked: str, person: str, table: str, row: UUID
) -> HttpResponse:
    """Say whether a piece that is held back by law stays so."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.HANDLE_RIGHTS)
    found = rights_pack.preview(asked, person, acting=acting)
    form, piece = LookAgainForm(answers(request, acting)), f"{table}/{row}"

    def doing() -> str:
        rights_reviews.look_again(asked, piece, form.review(), acting=acting)
        messages.success(request, _("It is entered. A second officer confirms it."))
        return reverse("rights_request", args=[asked])

    shown = {**packs.to_review(found, piece, asked), "title": _("Look at this again")}
    return shown_or_done(request, acting, form, doing, (FORM, {**shown, "button": _("Enter it")}))


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, asked: str, person: str, table: str, row: UUID) -> HttpResponse:
    """Confirm a review as the second officer, or return it."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.APPROVE_RIGHTS)
    found = rights_pack.preview(asked, person, acting=acting)
    form, piece = ConfirmForm(answers(request, acting)), f"{table}/{row}"

    def doing() -> str:
        said = form.cleaned_data
        approves = said["answer"] == APPROVE
        rights_reviews.answer(asked, piece, said["reason"], approves=approves, acting=acting)
        messages.success(request, _("Your answer is recorded."))
        return reverse("rights_request", args=[asked])

    shown = {**packs.to_review(found, piece, asked), "title": _("Confirm a review")}
    return shown_or_done(request, acting, form, doing, (FORM, {**shown, "button": _("Answer")}))


@require_http_methods(["GET", "HEAD", "POST"])
def further(request: HttpRequest, asked: str) -> HttpResponse:
    """Write the letter that gives what was lifted."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.HANDLE_RIGHTS)
    known.one(asked, acting=acting)
    form = FurtherForm(answers(request, acting))

    def doing() -> str:
        letter = rights_further.propose(asked, form.cleaned_data["because"], acting=acting)
        messages.success(request, _("The letter is written. A second officer answers it."))
        return reverse("rights_letter", args=[asked, letter])

    shown = {
        "caption": asked,
        "title": _("Give what was held back"),
        "back": reverse("rights_request", args=[asked]),
        "button": _("Write the letter"),
        "lines": [_("With it go the packs as they stand now, without what is held back still.")],
    }
    return shown_or_done(request, acting, form, doing, ("evenhand/rights/form.html", shown))
