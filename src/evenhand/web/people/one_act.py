"""Pages that do one act on one person's record: show it for a reason, ask, act once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from evenhand.queries import people
from evenhand.queries.people import PersonInFull
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.refusals import Refused
from evenhand.web.act_forms import ActForm, look_anew
from evenhand.web.acting import acting as acting_of
from evenhand.web.doorway import STATUS
from evenhand.web.drafting import answers, kept_for_now, submitted_once
from evenhand.web.forms import add_refusals
from evenhand.web.people import present
from evenhand.web.people.pages import asking_first
from evenhand.web.sheets import Sheet
from evenhand.web.words import Words

WRONG = 422


@dataclass(frozen=True, slots=True)
class PersonAct:
    """One act: who may, the form, the page, the doing and the thanks.

    ``fit`` offers what this record has to choose from; ``begin`` fills the form at first.
    """

    permission: Permission
    form: Callable[..., Any]
    sheet: Sheet
    do: Callable[[str, Any, Acting], None]
    done: Words
    fit: Callable[[Any, PersonInFull], None] = lambda _form, _person: None
    begin: Callable[[PersonInFull], Mapping[str, object]] = lambda _person: {}


@never_cache
def page(request: HttpRequest, person: str, act: PersonAct) -> HttpResponse:
    """Answer the page of one act. What was typed is kept while the reason is asked again."""
    acting = acting_of(request)
    check_may(acting.officer, act.permission)
    if not people.gave_reason(person, acting=acting):
        kept = kept_for_now(request, acting.officer) if request.method == "POST" else None
        return redirect(asking_first(person, kept or request.get_full_path()))
    found = people.one(person, acting=acting)
    if request.method != "POST":
        initial = {**act.begin(found), "version": found.fact.version}
        form = act.form(answers(request, acting), initial=initial)
        act.fit(form, found)
        return _drawn(request, found, act, form, acting)
    form = act.form(request.POST, initial={"version": found.fact.version})
    act.fit(form, found)
    if not form.is_valid():
        return _drawn(request, found, act, form, acting, status=WRONG)

    def doing() -> str:
        act.do(person, form, acting)
        messages.success(request, str(act.done))
        return reverse("person", args=[person])

    try:
        return submitted_once(request, acting, doing)
    except Refused as refused:
        look_anew(form, refused)
        add_refusals(form, refused)
        return _drawn(request, found, act, form, acting, status=STATUS[refused.kind])


def _drawn(
    request: HttpRequest,
    found: PersonInFull,
    act: PersonAct,
    form: ActForm,
    acting: Acting,
    *,
    status: int = 200,
) -> HttpResponse:
    shown = {**present.shown(found, acting.officer), "form": form, "sheet": act.sheet}
    return render(request, "evenhand/people/act.html", shown, status=status)
