"""Which breaches wait for whoever signs in."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from evenhand.queries import breaches
from evenhand.rules.officers import Acting
from evenhand.web.breaches import present


def waiting(acting: Acting) -> Iterator[Mapping[str, object]]:
    """Give the open breaches, the oldest first, to those who keep them."""
    found = breaches.waiting(now=acting.at, officer=acting.officer)
    if found:
        yield {
            "anchor": "breaches",
            "title": _("Breaches of personal data"),
            "tasks": present.tasks(found),
        }
