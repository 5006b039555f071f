"""What of published figures waits for whoever signs in: corrections to confirm."""

from collections.abc import Iterator, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.queries import figures
from evenhand.rules.officers import Acting, Permission, may
from evenhand.web import times
from evenhand.web.questions.told import title_of

Pile = Mapping[str, object]


def waiting(acting: Acting) -> Iterator[Pile]:
    """Give the corrections that wait for a second person, to who may confirm them."""
    if not may(acting.officer, Permission.CONFIRM_CORRECTION):
        return
    found = figures.to_confirm(officer=acting.officer)
    if found:
        yield {
            "anchor": "corrections",
            "title": _("Corrections of published figures to confirm or decline"),
            "tasks": {
                "idPrefix": "corrections",
                "items": [
                    {
                        "title": {"text": title_of(it.code)},
                        "href": reverse("corrections_waiting"),
                        "hint": {"text": _("As at %(day)s") % {"day": times.day(it.as_at)}},
                        "status": {"text": _("To confirm")},
                    }
                    for it in found
                ],
            },
        }
