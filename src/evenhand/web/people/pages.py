"""One person's record: the reason is asked first, then it is entered, then it is shown."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.queries import history as log
from evenhand.queries import people, receipts
from evenhand.queries.people import PersonInFull
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.people import REFERENCE
from evenhand.rules.purposes import OWN, Purpose
from evenhand.web.acting import acting as acting_of
from evenhand.web.attempts import looked_without_reason
from evenhand.web.people import present
from evenhand.web.people.forms import LookForm, OpenForm
from evenhand.web.referrals import histories

WRONG = 422


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, person: str) -> HttpResponse:
    """Show one person's record, for a reason of the last ten minutes or one that is given now."""
    acting = acting_of(request)
    onward = _onward(request, person)
    if request.method == "POST":
        form = LookForm(request.POST)
        if not form.is_valid():
            looked_without_reason(request, acting)
            return _asked(request, person, form, status=WRONG)
        told = form.cleaned_data
        purpose = Purpose(told["purpose"] or OWN)
        found = people.one(person, told["reason"], purpose=purpose, acting=acting)
        return redirect(onward) if onward else _drawn(request, found, acting)
    if not people.gave_reason(person, acting=acting):
        return _asked(request, person, LookForm())
    found = people.one(person, acting=acting)
    return redirect(onward) if onward else _drawn(request, found, acting)


@require_http_methods(["GET", "HEAD", "POST"])
def open_one(request: HttpRequest) -> HttpResponse:
    """Ask for the reference of a record; the record's own page asks why."""
    check_may(acting_of(request).officer, Permission.READ_PERSON)
    form = OpenForm(request.POST or None)
    if form.is_bound and form.is_valid():
        reference = form.cleaned_data["reference"].upper()
        if REFERENCE.fullmatch(reference):
            return redirect("person", reference)
        form.add_error("reference", present.no_such_record())
    status = WRONG if form.is_bound else 200
    return render(request, "evenhand/people/open.html", {"form": form}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, person: str) -> HttpResponse:
    """Show a reporter's contact, for a reason of its own each time."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.READ_REPORTER_CONTACT)
    form = LookForm(request.POST or None)
    shown: dict[str, object] = {"person": person, "form": form}
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        shown["contact"] = people.reporter_contact(person, reason, acting=acting)
    elif form.is_bound:
        looked_without_reason(request, acting)
    status = WRONG if form.errors else 200
    return render(request, "evenhand/people/contact.html", shown, status=status)


@never_cache
@require_safe
def history(request: HttpRequest, person: str) -> HttpResponse:
    """Tell the history of one person's record from the log, oldest first, for a reason."""
    acting, start = acting_of(request), histories.after(request)
    if not people.gave_reason(person, acting=acting):
        return redirect(asking_first(person, request.get_full_path()))
    found = log.of_person(person, after=start, acting=acting)
    names = {"history": "person_history", "receipt": "person_receipt"}
    shown = histories.shown(found, person, **names, start=start)
    return render(request, "evenhand/people/history.html", shown)


@never_cache
@require_safe
def receipt(request: HttpRequest, person: str, number: int) -> HttpResponse:
    """Give the receipt of an entry about a person as a file, for a reason."""
    acting = acting_of(request)
    if not people.gave_reason(person, acting=acting):
        return redirect(asking_first(person, reverse("person_history", args=[person])))
    made = receipts.of_person(person, number, log=settings.LOG_FOLDER, acting=acting)
    return histories.as_file(made, f"receipt-{person}-{number}")


def asking_first(person: str, onward: str) -> str:
    """Give the address of the page that asks why, and leads on from there."""
    return f"{reverse('person', args=[person])}?{urlencode({'onward': onward})}"


def _onward(request: HttpRequest, person: str) -> str:
    """Give the page of the same record that waits for the reason, if one does."""
    onward = request.GET.get("onward", "")
    here = reverse("person", args=[person])
    places = (here, reverse("kept_review", args=[person]))
    return onward if onward.startswith(places) and onward != here else ""


def _asked(request: HttpRequest, person: str, form: LookForm, *, status: int = 200) -> HttpResponse:
    shown = {"person": person, "form": form}
    return render(request, "evenhand/people/look.html", shown, status=status)


def _drawn(request: HttpRequest, found: PersonInFull, acting: Acting) -> HttpResponse:
    shown = present.shown(found, acting.officer)
    return render(request, "evenhand/people/person.html", shown)
