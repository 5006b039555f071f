"""Who looked at one record or changed it, of a referral or a person, for a purpose in law."""

from collections.abc import Callable, Mapping
from typing import TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from evenhand.queries import oversight_records as log
from evenhand.queries.oversight import LogPage
from evenhand.rules.officers import Permission, check_may
from evenhand.web.acting import acting as acting_of
from evenhand.web.oversight import present
from evenhand.web.oversight.forms import FindForm
from evenhand.web.oversight.pages import WRONG, before_in, purpose_form
from evenhand.web.referrals.present import more

Found = TypeVar("Found", LogPage, log.Lists)


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Ask which record, and what the log is read for."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.READ_WHO)
    form = FindForm(request.GET or None)
    if form.is_bound and form.is_valid():
        reference = form.cleaned_data["reference"].upper()
        if log.is_known(reference, officer=acting.officer):
            query = urlencode({"purpose": form.cleaned_data["purpose"]})
            return redirect(f"{reverse('oversight_record', args=[reference])}?{query}")
        form.add_error("reference", present.no_such_record())
    status = WRONG if form.is_bound else 200
    return render(request, "evenhand/oversight/find.html", {"form": form}, status=status)


@require_safe
def about(request: HttpRequest, reference: str) -> HttpResponse:
    """List who looked at a record or changed it, newest first."""

    def shown(found: LogPage, query: str) -> Mapping[str, object]:
        return {"pages": more(query) if found.next else None}

    return _read(request, reference, "record", log.about, shown)


@require_safe
def lists(request: HttpRequest, reference: str) -> HttpResponse:
    """List the looks at lists that showed a record, a stretch of the log at a time."""

    def shown(found: log.Lists, query: str) -> Mapping[str, object]:
        return {"searched": present.searched(found), "further": f"?{query}" if found.next else ""}

    return _read(request, reference, "lists", log.lists_with, shown)


def _read(
    request: HttpRequest,
    reference: str,
    page: str,
    read: Callable[..., Found],
    shown: Callable[[Found, str], Mapping[str, object]],
) -> HttpResponse:
    """Read a page of the log about a record, once the purpose is told."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.READ_WHO)
    purpose, before = request.GET.get("purpose"), before_in(request)
    here: dict[str, object] = {"reference": reference, "is_first": before is None}
    if purpose is None:
        return _asked(request, page, here)
    found = read(reference, purpose, before=before, acting=acting)
    here |= {
        "days": present.days(found.lines),
        "purpose": present.purpose(purpose),
        "query": urlencode({"purpose": purpose}),
        **shown(found, urlencode({"purpose": purpose, "before": found.next})),
    }
    return render(request, f"evenhand/oversight/{page}.html", here)


def _asked(request: HttpRequest, page: str, shown: dict[str, object]) -> HttpResponse:
    """Ask what the log is read for, before it says who did what."""
    form = purpose_form(request)
    status = WRONG if form.errors else 200
    return render(request, f"evenhand/oversight/{page}.html", shown | {"form": form}, status=status)
