"""The register of training in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from evenhand.queries import training
from evenhand.queries.training import Own, TrainingLine
from evenhand.rules.officers import Acting
from evenhand.rules.training import Course, Standing
from evenhand.web import times
from evenhand.web.components import Params
from evenhand.web.labels import Tag
from evenhand.web.words import Words

COURSES: Mapping[Course, Words] = {
    Course.CHILDREN: later("Children’s cases"),
    Course.DATA_PROTECTION: later("Data protection"),
    Course.INSTRUCTIONS: later("Instructions of the desk accepted"),
}
STANDINGS: Mapping[Standing, Tag] = {
    Standing.IN_DATE: Tag(later("In date"), "green"),
    Standing.OVERDUE: Tag(later("Overdue"), "red"),
    Standing.NONE: Tag(later("None recorded"), "red"),
}


def for_children(now: Acting) -> list[str]:
    """Say what stops children's cases, to whoever works on them or reads the register."""
    found = training.for_children(today=timezone.localdate(now.at), officer=now.officer)
    told = []
    if found.own:
        told.append(
            _(
                "The register has no child training in date of you, so no child’s case comes to"
                " you to approve. Ask an administrator or a senior owner to record it."
            )
        )
    if found.untrained:
        told.append(
            _(
                "Appointed to approve children’s cases, but without training in date: %(names)s."
                " They approve none until it is recorded on the register of training."
            )
            % {"names": ", ".join(found.untrained)}
        )
    if found.waits:
        told.append(
            ngettext(
                "%(count)d case of a child waits that nobody on this desk may approve.",
                "%(count)d cases of children wait that nobody on this desk may approve.",
                found.waits,
            )
            % {"count": found.waits}
        )
    return told


def register(lines: Sequence[TrainingLine]) -> Params:
    """Show the register as a table, officer by officer."""
    head = (_("Officer"), _("What"), _("How it stands"), _("Counts until"), _("Done on"))
    return {
        "caption": _("Register of training"),
        "captionClasses": "govuk-visually-hidden",
        "firstCellIsHeader": True,
        "head": [{"text": it} for it in head],
        "rows": [[{"text": it.name}, *_cells(it)] for it in lines],
    }


def own(found: Own) -> Mapping[str, Any]:
    """Show an officer what they must have, and the instructions in force."""
    head = (_("What"), _("How it stands"), _("Counts until"), _("Done on"))
    shown: dict[str, Any] = {
        "table": {
            "caption": _("What you must have"),
            "captionClasses": "govuk-visually-hidden",
            "firstCellIsHeader": True,
            "head": [{"text": it} for it in head],
            "rows": [_cells(it) for it in found.lines],
        }
    }
    if found.instructions:
        fact = found.instructions.fact
        shown["version"] = _("Version %(number)d") % {"number": fact.number}
        shown["number"] = fact.number
        shown["texts"] = list(found.instructions.parts.values())
        shown["errata"] = [it.text for it in found.instructions.errata]
        shown["accepted"] = any(
            it.course is Course.INSTRUCTIONS and it.standing is Standing.IN_DATE
            for it in found.lines
        )
    return shown


def _cells(line: TrainingLine) -> list[Params]:
    days = (line.valid_until, line.done_on)
    return [
        {"text": COURSES[line.course]},
        STANDINGS[line.standing].status,
        *({"text": times.day(it) if it else "–"} for it in days),
    ]
