"""The five pages of an assessment, and which answers each asks for."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from evenhand.web.words import Words


class Step(StrEnum):
    """A page of the assessment, by its place in the address."""

    HARM = "harm"
    LAW = "law"
    EVIDENCE = "evidence"
    RIGHTS = "rights"
    CHILD = "child"


ORDER: Sequence[Step] = tuple(Step)
TITLES: Mapping[Step, Words] = {
    Step.HARM: _("Harm and ground"),
    Step.LAW: _("Law or policy"),
    Step.EVIDENCE: _("Evidence and its opposite"),
    Step.RIGHTS: _("Rights"),
    Step.CHILD: _("Children"),
}
ANSWERS: Mapping[Step, Sequence[str]] = {
    Step.HARM: ("harm", "also_harms", "ground"),
    Step.LAW: ("provision", "provision_why", "policy_clause", "policy_version", "policy_why"),
    Step.EVIDENCE: ("evidence_inside", "evidence_outside", "supports_opposite"),
    Step.RIGHTS: ("expression", "expression_weighing", "less_intrusive", "necessity"),
    Step.CHILD: ("child", "child_interests"),
}
"""Which answers of an assessment each page asks for."""

ASKED_FIRST: Mapping[str, str] = {"provision": "provision_from"}
"""The answers that are first asked for as a choice, where there is something to choose from."""

STEP_OF: Mapping[str, Step] = {name: step for step in ORDER for name in ANSWERS[step]}


def after(step: Step) -> Step | None:
    """Give the page that follows."""
    place = ORDER.index(step) + 1
    return ORDER[place] if place < len(ORDER) else None


def before(step: Step) -> Step | None:
    """Give the page that comes before."""
    place = ORDER.index(step)
    return ORDER[place - 1] if place else None
