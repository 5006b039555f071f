"""What is decided about telling people, in words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.queries.notification import TellingDue, TellingStands
from evenhand.rules.notification import GROUND_WORDS, Telling, holds
from evenhand.rules.officers import Officer, Permission, may
from evenhand.web import times
from evenhand.web.components import Params
from evenhand.web.public.documents import summary
from evenhand.web.words import translated


def due(found: Sequence[TellingDue], *, today: date) -> list[Mapping[str, Any]]:
    """List records by reference, each with its day."""
    return [
        {
            "reference": it.reference,
            "href": reverse("telling_one", args=[it.reference]),
            "day": times.day(it.due_on),
            "tag": _tag(it, today=today),
        }
        for it in found
    ]


def _tag(it: TellingDue, *, today: date) -> Params | None:
    if it.is_restricted:
        return {"text": _("Restricted"), "classes": "govuk-tag--red"}
    if it.due_on < today:
        return {"text": _("Overdue"), "classes": "govuk-tag--red"}
    if it.waits_to_be_confirmed:
        return {"text": _("To be confirmed"), "classes": "govuk-tag--blue"}
    return None


def one(found: TellingStands, *, officer: Officer) -> Mapping[str, Any]:
    """Show one decision, and what this officer may do."""
    waits = found.fact is not None and not holds(found.fact)
    return {
        "person": found.reference,
        "facts": summary(list(_facts(found))),
        "reasons": found.reasons,
        "letter": found.letter,
        "may_decide": may(officer, Permission.DECIDE_TELLING),
        "may_confirm": waits and found.fact is not None and found.fact.decided_by != officer.ref,
    }


def decided(found: TellingStands) -> Mapping[str, Any]:
    """Show, above the answer to it, what is decided and why."""
    return {
        "facts": summary(list(_facts(found))),
        "reasons": found.reasons,
        "as_seen": found.decision,
    }


def _facts(found: TellingStands) -> Iterator[tuple[str, str]]:
    if found.fact is None or found.decided_at is None:
        yield _("Decided"), _("Not yet")
    else:
        told = found.fact.telling is Telling.TELL
        stands = _("Decided") if holds(found.fact) else _("Proposed, not confirmed")
        yield stands, _("The person is told") if told else _("The person is not told")
        told_by = {"name": found.decided_by, "moment": times.moment(found.decided_at)}
        yield _("By"), _("%(name)s, %(moment)s") % told_by
        if found.ground is not None:
            yield _("Ground"), translated(GROUND_WORDS[found.ground])
            yield _("Confirmed by"), found.confirmed_by or _("Nobody yet")
        if found.lawyer:
            yield _("Lawyer"), found.lawyer
    if found.due_on is not None:
        yield _("To be decided by"), times.day(found.due_on)
