"""The notes on one referral, and adding one."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from evenhand.actions import notes as writing
from evenhand.queries import referral as referrals
from evenhand.rules.notes import check_may_note
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.web.acting import acting as acting_of
from evenhand.web.notes.forms import NoteForm
from evenhand.web.notes.present import shown
from evenhand.web.one_act import OneAct, page_about

ADDED = 302


def _write(reference: str, given: Mapping[str, Any], acting: Acting) -> None:
    writing.write(reference, given["text"], given["mentions"], acting=acting)


_NOTES = OneAct(
    permission=Permission.WRITE_NOTE,
    form=NoteForm,
    template="evenhand/notes/notes.html",
    check=lambda referral, _acting: check_may_note(referral.fact.reference, referral.fact.state),
    shown=shown,
    do=_write,
    done=_("The note is added."),
    then="notes",
    fit=lambda form, _referral, acting: form.offer_others(acting.officer.ref),
)


@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the notes, which the officer has then read, and add one."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.WRITE_NOTE)
    referral = referrals.one(reference, why=Permission.WRITE_NOTE, acting=acting)
    if request.method == "GET":
        writing.mark_read(reference, acting=acting)
    answer = page_about(request, referral, _NOTES, acting)
    if answer.status_code == ADDED:
        _say_who_is_unknown(request)
    return answer


def _say_who_is_unknown(request: HttpRequest) -> None:
    """Say which names after “@” are nobody’s who is told: a note cannot be changed any more."""
    if names := writing.called_in_vain(request.POST.get("text", "")):
        shown = ", ".join(f"@{it}" for it in names)
        told = gettext(
            "Nobody was told of %(names)s: no colleague who reads notes has that user name."
        )
        messages.warning(request, told % {"names": shown})
