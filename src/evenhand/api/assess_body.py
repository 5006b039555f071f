"""What the call takes that submits an assessment."""

from typing import Annotated, Any

from pydantic import ConfigDict, Field

from evenhand.api.bodies import Change, enum_of
from evenhand.api.values import (
    Choice,
    Chosen,
    Harm,
    Text,
)
from evenhand.rules.assessments import Child, Expression, Ground

ALWAYS_ASKED = (
    "harm",
    "ground",
    "child",
    "evidence_inside",
    "evidence_outside",
    "supports_opposite",
    "less_intrusive",
    "necessity",
)
EXAMPLE = {
    "harm": "V1",
    "ground": "terms",
    "policy_clause": "Do not threaten anyone.",
    "policy_version": "1 May 2026",
    "policy_why": "The speaker threatens a named person.",
    "evidence_inside": "At 0:42 the speaker says what he will do, and to whom.",
    "evidence_outside": "Nothing.",
    "supports_opposite": "It could be meant as fiction.",
    "less_intrusive": "Doing nothing, or a warning label; neither would protect the person.",
    "necessity": "The threat is in the open and names a person.",
    "child": "no",
}


def _as_asked(schema: dict[str, Any]) -> None:
    """Say in the document what the rules ask of every assessment."""
    schema["required"] = list(ALWAYS_ASKED)
    for name in ALWAYS_ASKED:
        schema["properties"][name].pop("default", None)
        if "maxLength" in schema["properties"][name]:
            schema["properties"][name]["minLength"] = 1
    schema["example"] = EXAMPLE


class Assess(Change):
    """A complete assessment. Which texts are asked for depends on ground, expression and child.

    Illegal and both need ``provision`` and ``provision_why``; terms and both need
    ``policy_clause``, ``policy_version`` and ``policy_why``; any ``expression`` needs its weighing,
    and a child that is shown or likely needs ``child_interests``.
    """

    model_config = ConfigDict(json_schema_extra=_as_asked)

    harm: Harm = ""
    also_harms: Annotated[list[Harm], Field(max_length=20)] = []
    ground: Annotated[Ground | None, Chosen(Ground), enum_of(Ground)] = None
    provision: Text = ""
    provision_why: Text = ""
    policy_clause: Text = ""
    policy_version: Text = ""
    policy_why: Text = ""
    evidence_inside: Text = ""
    evidence_outside: Text = ""
    supports_opposite: Text = ""
    expression: Annotated[list[Choice[Expression]], Field(max_length=20)] = []
    expression_weighing: Text = ""
    less_intrusive: Text = ""
    necessity: Text = ""
    child: Annotated[Child | None, Chosen(Child), enum_of(Child)] = None
    child_interests: Text = ""
