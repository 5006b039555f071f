"""Finding a person. What was looked for stands in no address and in no history of a browser."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from evenhand.queries import people_finding
from evenhand.queries.people_finding import Hit
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.people_finding import MOST_HITS
from evenhand.rules.refusals import Refused
from evenhand.web.acting import acting as acting_of
from evenhand.web.attempts import attempted, looked_without_reason
from evenhand.web.combinations import present
from evenhand.web.combinations.forms import FindForm
from evenhand.web.doorway import STATUS
from evenhand.web.forms import add_refusals

WRONG = 422


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Ask for one exact key, and show who has it."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.FIND_PERSON)
    people_finding.check_open()
    form = FindForm(request.POST if request.method == "POST" else None)
    shown: dict[str, object] = {"form": form, "most": MOST_HITS}
    template = "evenhand/combinations/find.html"
    if not form.is_bound:
        return render(request, template, shown)
    if not form.is_valid():
        looked_without_reason(request, acting)
        return render(request, template, shown, status=WRONG)
    try:
        shown["hits"] = present.hits(_found(form, acting))
    except Refused as refused:
        attempted(request, refused, acting)
        add_refusals(form, refused)
        return render(request, template, shown, status=STATUS[refused.kind])
    return render(request, template, shown | {"looked": True})


def _found(form: FindForm, acting: Acting) -> Sequence[Hit]:
    given = form.cleaned_data
    return people_finding.find(
        form.key(), referral=given["referral"], reason=given["reason"], acting=acting
    )
