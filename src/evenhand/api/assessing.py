"""Makes an assessment of what a call sent, or names everything that it lacks."""

from collections.abc import Iterator

from evenhand.api.assess_body import Assess
from evenhand.api.reading import field_missing
from evenhand.queries.platforms import lawbook
from evenhand.rules.assessments import KINDS, Assessment, unanswered
from evenhand.rules.refusals import Refused, raise_all


def assessment_of(sent: Assess) -> Assessment:
    """Give the assessment, or refuse its choices together with all else that is unanswered."""
    texts = {name: getattr(sent, name) for name in KINDS}
    expression = frozenset(sent.expression)
    faults = list(_faults(sent))
    if faults or sent.ground is None or sent.child is None:
        raise_all([*faults, *unanswered(texts, sent.ground, expression, sent.child)])
        raise AssertionError("A choice that is missing is a fault.")
    return Assessment(
        harm=sent.harm,
        also_harms=tuple(sent.also_harms),
        ground=sent.ground,
        expression=expression,
        child=sent.child,
        **texts,
    )


def _faults(sent: Assess) -> Iterator[Refused]:
    for name in ("harm", "ground", "child"):
        if not getattr(sent, name):
            yield field_missing(name)
    named = {f"also_harms/{place}": harm for place, harm in enumerate(sent.also_harms)}
    if sent.harm:
        named["harm"] = sent.harm
    for at, harm in named.items():
        try:
            lawbook().harm(harm)
        except Refused as refused:
            refused.at = at
            yield refused
