"""Pages that are one form: show it, or do its act once."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from evenhand.rules.officers import Acting
from evenhand.rules.refusals import Refused
from evenhand.web.act_forms import look_anew
from evenhand.web.doorway import STATUS
from evenhand.web.drafting import submitted_once
from evenhand.web.forms import HouseForm, add_refusals

WRONG = 422
NOTHING: Mapping[str, str] = MappingProxyType({})


def shown_or_done(
    request: HttpRequest,
    acting: Acting,
    form: HouseForm,
    doing: Callable[[], str],
    drawn: tuple[str, Mapping[str, object]],
    *,
    instead: Mapping[str, str] = NOTHING,
) -> HttpResponse:
    """Show the form, or do its act once; a refusal shows it again with its answers.

    ``doing`` does the act and gives the address to go to. ``drawn`` is the template, and what it
    shows beside the form. ``instead`` names the question that asks for what a rule names otherwise.
    """
    template, beside = drawn
    context = {**beside, "form": form}
    if request.method != "POST":
        return render(request, template, context)
    if not form.is_valid():
        return render(request, template, context, status=WRONG)
    try:
        return submitted_once(request, acting, doing)
    except Refused as refused:
        look_anew(form, refused)
        add_refusals(form, refused, instead=instead)
        return render(request, template, context, status=STATUS[refused.kind])
