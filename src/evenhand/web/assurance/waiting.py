"""Which documents wait for whoever signs in: for advice, or for approval."""

from collections.abc import Iterator, Mapping, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.queries import assurance
from evenhand.queries.assurance import Version
from evenhand.rules.officers import Acting, Permission, may
from evenhand.web.assurance import present
from evenhand.web.components import Params, render
from evenhand.web.public.documents import TITLES


def waiting(acting: Acting) -> Iterator[Mapping[str, object]]:
    """Give the piles of documents for this officer, empty ones left out."""
    officer = acting.officer
    if may(officer, Permission.ADVISE_DOCUMENT):
        to_advise = assurance.to_advise(officer=officer)
        yield from _pile("to-advise", _("Documents to advise on"), to_advise, acting)
    if may(officer, Permission.APPROVE_DOCUMENT):
        ready = assurance.to_put_in_force(officer=officer)
        yield from _pile("to-put-in-force", _("Documents to put in force"), ready, acting)


def _pile(
    anchor: str, title: str, found: Sequence[Version], acting: Acting
) -> Iterator[Mapping[str, object]]:
    if found:
        items = [_item(it, acting) for it in found]
        yield {"anchor": anchor, "title": title, "tasks": {"idPrefix": anchor, "items": items}}


def _item(found: Version, acting: Acting) -> Params:
    tag = present.stage_tag(found, today=timezone.localdate(acting.at))
    fact = found.fact
    version = _("Version %(number)d") % {"number": fact.number}
    return {
        "title": {"text": TITLES[fact.kind]},
        "href": reverse("document_version", args=[fact.kind, fact.number]),
        "hint": {"text": f"{version}, {present.written(found)}"},
        "status": {"html": render("tag", tag)},
    }
