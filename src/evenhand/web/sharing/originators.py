"""The page of one body that wrong data came from: what it is told, and that it was told."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from evenhand.actions import originators as telling
from evenhand.queries import originators
from evenhand.queries.originators import OriginatorNotice, ToTell
from evenhand.web import times
from evenhand.web.acting import acting as acting_of
from evenhand.web.components import Params
from evenhand.web.drafting import answers
from evenhand.web.labels import Tag
from evenhand.web.one_form import shown_or_done
from evenhand.web.sharing.forms import ToldForm
from evenhand.web.sheets import row, written


@require_http_methods(["GET", "HEAD", "POST"])
def originator(request: HttpRequest, notice: UUID) -> HttpResponse:
    """Show the letter to one body, to be printed too, and record that it was told."""
    acting = acting_of(request)
    found = originators.one(notice, acting=acting)
    form = ToldForm(answers(request, acting))

    def doing() -> str:
        telling.told(notice, form.cleaned_data["on"], acting=acting)
        messages.success(request, _("It is recorded that the body was told."))
        return reverse("originator", args=[notice])

    return shown_or_done(
        request, acting, form, doing, ("evenhand/sharing/originator.html", _shown(found))
    )


def _shown(found: OriginatorNotice) -> Mapping[str, object]:
    rows = [
        row(_("Record"), found.reference),
        row(_("Corrected"), times.moment(found.corrected_at)),
        row(_("To be told by"), times.moment(found.due_at)),
    ]
    if found.told_on:
        told = {"day": times.day(found.told_on), "name": found.told_by}
        rows.append(row(_("Told"), _("%(day)s, by %(name)s") % told))
    return {
        "about": {"rows": rows},
        "subject": found.message.subject,
        "body": written(found.message.body),
        "waits": found.told_on is None,
    }


def tasks(found: Sequence[ToTell], *, now: datetime) -> Params:
    """List the bodies to tell by the record's reference, each with its day."""
    items = [
        {
            "title": {"text": it.reference},
            "href": reverse("originator", args=[it.ref]),
            "hint": {"text": _("to be told by %(moment)s") % {"moment": times.moment(it.due_at)}},
            "status": _tag(it, now).status,
        }
        for it in found
    ]
    return {"idPrefix": "originator", "items": items}


def _tag(it: ToTell, now: datetime) -> Tag:
    return Tag(_("Overdue"), "red") if it.due_at < now else Tag(_("To tell"), "orange")
