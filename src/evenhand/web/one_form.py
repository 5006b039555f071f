"""Pages that are one form: show it, or do its act once."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from evenhand.rules.officers import Acting
from evenhand.rules.refusals import Refused
from evenhand.web.doorway import STATUS
from evenhand.web.drafting import submitted_once
from evenhand.web.forms import HouseForm, add_refusals

WRONG = 422


def shown_or_done(
    request: HttpRequest,
    acting: Acting,
    form: HouseForm,
    doing: Callable[[], str],
    drawn: tuple[str, Mapping[str, object]],
) -> HttpResponse:
    """Show the form, or do its act once; a refusal shows it again with its answers."""
    template, context = drawn
    if request.method != "POST":
        return render(request, template, context)
    if not form.is_valid():
        return render(request, template, context, status=WRONG)
    try:
        return submitted_once(request, acting, doing)
    except Refused as refused:
        add_refusals(form, refused)
        return render(request, template, context, status=STATUS[refused.kind])
