"""What the software does without a person choosing it then, for everybody."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from evenhand.queries.questions import answered
from evenhand.rules.balance import CountsDoNotBalance
from evenhand.rules.operations import NO_EFFECT, OPERATIONS
from evenhand.rules.publishing import publishable
from evenhand.rules.publishing_asked import table_of
from evenhand.rules.questions import (
    Question,
)
from evenhand.web import times
from evenhand.web.components import Params
from evenhand.web.for_everybody import for_everybody


@require_safe
@for_everybody
def by_itself(request: HttpRequest) -> HttpResponse:
    """Show every operation with its effect on a person's record, and what the log says. A46."""
    today = timezone.localdate()
    shown = {
        "operations": operations(),
        "made": _made(today),
        "as_at": times.day(today),
        "without": sum(it.effect == NO_EFFECT for it in OPERATIONS),
        "count": len(OPERATIONS),
    }
    return render(request, "evenhand/public/by_itself.html", shown)


def _made(today: date) -> int | None:
    """Give how many records no person made; None while counts do not balance."""
    try:
        found = answered(Question(code="created_by_machine", as_at=today), today=today)
    except CountsDoNotBalance:
        return None
    return publishable(table_of(found), earlier=()).numbers[frozenset()]


def operations() -> Params:
    """Make the table of the operations, in English, as the inventory is."""
    with override(settings.LANGUAGE_CODE):
        heads = _("What it does"), _("When"), _("Effect on a person’s record")
        return {
            "caption": _("What goes on by itself"),
            "captionClasses": "govuk-table__caption--m",
            "head": [{"text": it} for it in heads],
            "rows": [
                [{"text": text} for text in (it.does, it.often, it.effect)] for it in OPERATIONS
            ],
        }
